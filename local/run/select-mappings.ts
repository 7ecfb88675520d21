import type { LocalSystem } from '../assembly/local-system.ts';
import { LocalError } from '../local-error.ts';

export type SelectedMapping = LocalSystem['mappings'][number];

/**
 * The mappings that a run is about.
 *
 * @throws LocalError when a consumer is asked for that the template does not have.
 */
export function selectMappings(
  system: LocalSystem,
  asked: { readonly consumer: readonly string[]; readonly topic?: string },
): readonly SelectedMapping[] {
  const known = system.mappings.map(({ config }) => config.consumer);
  for (const name of asked.consumer) {
    if (!known.includes(name)) {
      throw new LocalError(`there is no consumer '${name}' in the template; it has: ${known.join(', ')}`);
    }
  }
  return system.mappings
    .filter(({ config }) => asked.consumer.length === 0 || asked.consumer.includes(config.consumer))
    .map((mapping) => onTopic(mapping, asked.topic));
}

function onTopic(mapping: SelectedMapping, topic: string | undefined): SelectedMapping {
  return topic === undefined ? mapping : { ...mapping, config: { ...mapping.config, topic } };
}
