import { randomUUID } from 'node:crypto';
import type { LocalSystem, TopicConfig } from '../assembly/local-system.ts';
import { LocalError } from '../local-error.ts';
import { type ConnectionOptions, isReadOnly } from '../options.ts';
import { createEmbeddedSource } from '../source/embedded-source.ts';
import type { RecordSource } from '../source/record-source.ts';
import { kafkaConnection } from './connection/kafka-connection.ts';
import { readOnlySource } from './connection/read-only-source.ts';
import type { SelectedMapping } from './select-mappings.ts';

export interface OpenSourceOptions {
  readonly system: LocalSystem;
  readonly mappings: readonly SelectedMapping[];
  readonly connection: ConnectionOptions & { readonly commit?: boolean };
  /** Whether this run writes orders: then a missing topic is created as the template declares it. */
  readonly produces: boolean;
  readonly note: (line: string) => void;
}

/**
 * Opens what the run reads from, with the topics that it needs.
 *
 * @throws LocalError when a broker cannot be reached, or a topic is missing that this run may not create.
 */
export async function openSource(options: OpenSourceOptions): Promise<RecordSource> {
  const source = await open(options);
  try {
    for (const { config } of options.mappings) {
      await ensureTopic(source, config.topic, options);
      // A mapping that gives up a batch needs somewhere to put it, whoever wrote the records.
      if (config.destination?.kind === 'kafka' && !isReadOnly(options.connection)) {
        await ensureTopic(source, config.destination.topic, { ...options, produces: true });
      }
    }
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function open({ connection: options, mappings, note }: OpenSourceOptions): Promise<RecordSource> {
  const connection = await kafkaConnection(options);
  if (connection === undefined) return createEmbeddedSource();
  const { createKafkaSource } = await import('../source/kafka-source.ts');
  if (!isReadOnly(options)) return createKafkaSource({ connection });
  const groupSuffix = ownGroupSuffix();
  const groups = mappings.map(({ config }) => `${config.group}${groupSuffix}`).join(', ');
  note(`read-only: reads in groups of its own (${groups}), commits and writes nothing there`);
  return readOnlySource(createKafkaSource({ connection, groupSuffix, commit: false }), note);
}

/** Another one for each process, as members of one group would share the partitions. An IAM policy can name `*-lanewise-*`. */
function ownGroupSuffix(): string {
  return `-lanewise-${randomUUID().slice(0, 8)}`;
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
