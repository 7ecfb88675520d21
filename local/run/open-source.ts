import type { LocalSystem, TopicConfig } from '../assembly/local-system.ts';
import { LocalError } from '../local-error.ts';
import { createEmbeddedSource } from '../source/embedded-source.ts';
import type { RecordSource } from '../source/record-source.ts';
import type { SelectedMapping } from './select-mappings.ts';

export interface OpenSourceOptions {
  readonly system: LocalSystem;
  readonly mappings: readonly SelectedMapping[];
  readonly bootstrap: string | undefined;
  /** Whether this run writes orders: then a missing topic is created as the template declares it. */
  readonly produces: boolean;
}

/**
 * Opens what the run reads from, with the topics that it needs.
 *
 * @throws LocalError when a broker cannot be reached, or a topic is missing that this run may not create.
 */
export async function openSource(options: OpenSourceOptions): Promise<RecordSource> {
  const source = options.bootstrap ? await openKafka(options.bootstrap) : createEmbeddedSource();
  try {
    for (const { config } of options.mappings) {
      await ensureTopic(source, config.topic, options);
      // A mapping that gives up a batch needs somewhere to put it, whoever wrote the records.
      if (config.destination?.kind === 'kafka') {
        await ensureTopic(source, config.destination.topic, { ...options, produces: true });
      }
    }
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openKafka(bootstrap: string): Promise<RecordSource> {
  const { createKafkaSource } = await import('../source/kafka-source.ts');
  return createKafkaSource({ connection: { bootstrap } });
}

async function ensureTopic(source: RecordSource, topic: string, options: OpenSourceOptions): Promise<void> {
  if (await source.describeTopic(topic)) return;
  if (source.kind === 'kafka' && !options.produces) {
    throw new LocalError(
      `topic '${topic}' does not exist on ${source.bootstrapServers}; create it, or let this run do so by writing to it (--count N or --orders FILE)`,
    );
  }
  const declared = declaredTopic(options.system, topic);
  await source.createTopic(topic, declared.partitions, source.kind === 'kafka' ? declared.configs : {});
}

/** As the template declares it; a topic of another name (`--topic`) is made like the first one that a mapping reads. */
function declaredTopic(system: LocalSystem, name: string): Pick<TopicConfig, 'partitions' | 'configs'> {
  const read = system.mappings.map(({ config }) => config.topic);
  return (
    system.topics.find((topic) => topic.name === name) ??
    system.topics.find((topic) => read.includes(topic.name)) ?? { partitions: 3, configs: {} }
  );
}
