import type { LocalSystem } from '../assembly/local-system.ts';
import { LocalError } from '../local-error.ts';
import { refuseConfig } from '../mapping/refuse-config.ts';
import { nearestName } from '../mapping/support/nearest-name.ts';

export type SelectedMapping = LocalSystem['mappings'][number];

/**
 * The mappings that a run is about.
 *
 * @throws LocalError when a consumer is asked for that the template does not have, or a mapping is none that AWS would run.
 */
export function selectMappings(
  system: LocalSystem,
  asked: { readonly consumer: readonly string[]; readonly topic?: string },
): readonly SelectedMapping[] {
  for (const name of asked.consumer) mappingOf(name, system.mappings, 'in the template');
  const selected = system.mappings
    .filter(({ config }) => asked.consumer.length === 0 || asked.consumer.includes(config.consumer))
    .map((mapping) => onTopic(mapping, asked.topic));
  for (const { config } of selected) refuseConfig(config);
  return selected;
}

/**
 * The mapping of a consumer that somebody has named.
 *
 * @param where completes "there is no consumer 'x' …".
 * @throws LocalError that names the nearest, when there is none of this name.
 */
export function mappingOf(
  name: string,
  mappings: readonly SelectedMapping[],
  where: string,
): SelectedMapping {
  const mapping = mappings.find(({ config }) => config.consumer === name);
  if (mapping) return mapping;
  const known = mappings.map(({ config }) => config.consumer);
  throw new LocalError(
    `there is no consumer '${name}' ${where}; did you mean '${nearestName(name, known)}'? it has: ${known.join(', ')}`,
  );
}

function onTopic(mapping: SelectedMapping, topic: string | undefined): SelectedMapping {
  return topic === undefined ? mapping : { ...mapping, config: { ...mapping.config, topic } };
}
