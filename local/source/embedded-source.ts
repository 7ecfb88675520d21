import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import { LocalError } from '../local-error.ts';
import { embeddedMember } from './embedded/embedded-member.ts';
import { type EmbeddedTopic, embeddedTopic, wake } from './embedded/embedded-topic.ts';
import { partitionLog } from './embedded/partition-log.ts';
import { defaultRetention, produceTo, type Retention } from './embedded/produce.ts';
import { type Membership, rebalance, topicGroup } from './embedded/topic-group.ts';
import type { GroupListener, GroupMember, RecordSource } from './record-source.ts';
import { checkPartitionCount, checkTopicName } from './topic-rules.ts';

export interface EmbeddedSourceOptions {
  /** Default: the system's clock. */
  readonly clock?: Clock;
  /** How much each topic keeps. Default: 32 MiB (8 MiB of what is committed), and a producer waits up to 60 s for room. */
  readonly retention?: Partial<Retention>;
}

/** What only the embedded source can do: the changes that an operator makes to a Kafka topic. */
export interface EmbeddedSource extends RecordSource {
  readonly kind: 'embedded';
  /** Grows a topic to `partitions` partitions; its groups share them out at once. */
  addPartitions(topic: string, partitions: number): void;
  /** Its members lose their partitions; a fetch or commit that comes later is refused. */
  deleteTopic(topic: string): void;
  /** Leaves `count` offsets without a record, as compaction and transaction markers do. */
  skipOffsets(topic: string, partition: number, count: number): void;
}

/** A record source in memory: the topics, partitions and consumer groups of one process. */
export function createEmbeddedSource(options: EmbeddedSourceOptions = {}): EmbeddedSource {
  const topics = new Map<string, EmbeddedTopic>();
  const clock = options.clock ?? SYSTEM_CLOCK;
  const retention = { ...defaultRetention, ...options.retention };
  const existing = (name: string) => existingTopic(topics, name);
  return {
    kind: 'embedded',
    bootstrapServers: 'embedded',
    describeTopic: async (name) => {
      const topic = topics.get(name);
      return topic && { name, partitions: partitionsOf(topic) };
    },
    createTopic: async (name, partitions) => createTopic(topics, name, partitions),
    produce: async (name, records) => produceTo({ topic: existing(name), clock, retention }, records),
    join: async (name, group, listener) => join(existing(name), group, { listener, clock }),
    endOffsets: async (name) =>
      new Map(existing(name).logs.map((log) => [log.partition, { earliest: log.start, end: log.end }])),
    close: async () => close(topics),
    addPartitions: (name, partitions) => addPartitions(existing(name), partitions),
    deleteTopic: (name) => {
      deleteTopic(existing(name));
      topics.delete(name);
    },
    skipOffsets: (name, partition, count) => skipOffsets(existing(name), partition, count),
  };
}

function existingTopic(topics: ReadonlyMap<string, EmbeddedTopic>, name: string): EmbeddedTopic {
  const topic = topics.get(name);
  if (topic === undefined) {
    const known = [...topics.keys()].join(', ') || 'none';
    throw new LocalError(`topic ${name} does not exist on the embedded source; topics there: ${known}`);
  }
  return topic;
}

function createTopic(topics: Map<string, EmbeddedTopic>, name: string, partitions: number): void {
  checkTopicName(name);
  checkPartitionCount(name, partitions);
  const existing = topics.get(name);
  if (existing === undefined) {
    topics.set(name, embeddedTopic(name, partitions));
  } else if (existing.logs.length !== partitions) {
    throw new LocalError(
      `topic ${name} exists with ${existing.logs.length} partitions, not ${partitions}: use addPartitions to grow it`,
    );
  }
}

function join(
  topic: EmbeddedTopic,
  name: string,
  { listener, clock }: { readonly listener: GroupListener; readonly clock: Clock },
): GroupMember {
  const group = topic.groups.get(name) ?? topicGroup(name);
  topic.groups.set(name, group);
  const membership: Membership = { listener, held: new Set(), waiting: new Set() };
  group.members.push(membership);
  rebalance(group, partitionsOf(topic), membership);
  return embeddedMember({ topic, group, membership, clock });
}

function addPartitions(topic: EmbeddedTopic, partitions: number): void {
  checkPartitionCount(topic.name, partitions);
  if (partitions < topic.logs.length) {
    throw new LocalError(
      `topic ${topic.name} has ${topic.logs.length} partitions and cannot shrink to ${partitions}`,
    );
  }
  while (topic.logs.length < partitions) {
    topic.logs.push(partitionLog(topic.logs.length));
  }
  for (const group of topic.groups.values()) {
    rebalance(group, partitionsOf(topic));
  }
}

function deleteTopic(topic: EmbeddedTopic): void {
  topic.deleted = true;
  for (const group of topic.groups.values()) {
    rebalance(group, []);
    for (const member of group.members) {
      member.listener.trouble(new LocalError(`topic ${topic.name} was deleted`));
      wake(member.waiting);
    }
  }
  wake(topic.waitingForRoom);
}

function skipOffsets(topic: EmbeddedTopic, partition: number, count: number): void {
  const log = topic.logs[partition];
  if (log !== undefined) {
    log.end += count;
    wake(log.waiting);
  }
}

function close(topics: Map<string, EmbeddedTopic>): void {
  for (const topic of topics.values()) {
    topic.deleted = true;
    for (const group of topic.groups.values()) {
      for (const member of group.members.splice(0)) {
        wake(member.waiting);
      }
    }
    wake(topic.waitingForRoom);
  }
  topics.clear();
}

function partitionsOf(topic: EmbeddedTopic): readonly number[] {
  return topic.logs.map((log) => log.partition);
}
