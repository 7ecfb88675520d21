import { LocalError } from '../../local-error.ts';
import { partitionOfKey } from '../partitioner.ts';
import type { ProducedRecord, SourceRecord } from '../record-source.ts';
import { append, dropBefore, type PartitionLog, partitionLog } from './partition-log.ts';
import type { TopicGroup } from './topic-group.ts';

/** What a kept record costs beside its bytes: its offset, its time and its end in three arrays. */
const overheadBytes = 20;

export interface EmbeddedTopic {
  readonly name: string;
  readonly logs: PartitionLog[];
  readonly groups: Map<string, TopicGroup>;
  /** Bytes kept, overhead included. */
  bytes: number;
  records: number;
  /** At how many bytes it looks next for what it may forget. */
  trimAt: number;
  /** Records without a key go round the partitions. */
  nextKeyless: number;
  /** Producers that wait until a group has committed. */
  readonly waitingForRoom: Set<() => void>;
  deleted: boolean;
}

export function embeddedTopic(name: string, partitions: number): EmbeddedTopic {
  const logs = Array.from({ length: partitions }, (_, partition) => partitionLog(partition));
  return {
    name,
    logs,
    groups: new Map(),
    bytes: 0,
    records: 0,
    trimAt: 0,
    nextKeyless: 0,
    waitingForRoom: new Set(),
    deleted: false,
  };
}

export function logOf(topic: EmbeddedTopic, partition: number): PartitionLog {
  const log = topic.deleted ? undefined : topic.logs[partition];
  if (log === undefined) {
    const has = topic.deleted ? 'the topic was deleted' : `it has partitions 0 to ${topic.logs.length - 1}`;
    throw new LocalError(`no partition ${partition} in topic ${topic.name}: ${has}`);
  }
  return log;
}

/** Appends one record and returns where it stands. */
export function appendTo(topic: EmbeddedTopic, produced: ProducedRecord, now: number): SourceRecord {
  const log = logOf(topic, produced.partition ?? choosePartition(topic, produced.key));
  const record: SourceRecord = {
    partition: log.partition,
    offset: log.end,
    timestamp: produced.timestamp ?? now,
    timestampType: 'CREATE_TIME',
    key: produced.key,
    value: produced.value,
    headers: produced.headers ?? [],
  };
  topic.bytes += append(log, record) + overheadBytes;
  topic.records += 1;
  return record;
}

/** Forgets what every group has committed; without a group nothing may be forgotten. */
export function dropCommitted(topic: EmbeddedTopic): void {
  for (const log of topic.logs) {
    let floor = topic.groups.size === 0 ? log.start : log.end;
    for (const group of topic.groups.values()) {
      floor = Math.min(floor, group.committed.get(log.partition) ?? log.start);
    }
    if (floor > log.start) {
      const { records, bytes } = dropBefore(log, floor);
      topic.records -= records;
      topic.bytes -= bytes + records * overheadBytes;
    }
  }
}

export function wake(waiting: Set<() => void>): void {
  const all = [...waiting];
  waiting.clear();
  for (const wakeOne of all) {
    wakeOne();
  }
}

function choosePartition(topic: EmbeddedTopic, key: Buffer | null): number {
  if (key !== null) {
    return partitionOfKey(key, topic.logs.length);
  }
  const chosen = topic.nextKeyless % topic.logs.length;
  topic.nextKeyless += 1;
  return chosen;
}
