import { topicPartition } from '../../event/topic-partition.ts';
import type { TestRecord } from '../a-record.ts';

/** A partition's committed offset after a delivery: the next record to be read, as Kafka keeps it. */
export interface Commit {
  /** Of the delivery that moved it, counted from 1. */
  readonly delivery: number;
  /** `order-events-2`. */
  readonly partition: string;
  readonly offset: number;
}

/** How far the consumer group has come with the records of a play. */
export interface Progress {
  /** Records that count as done from now on; returns the committed offsets that move. */
  readonly resolve: (records: readonly TestRecord[]) => readonly Omit<Commit, 'delivery'>[];
  /** Forgets, of the partitions of these records, what was delivered and is not committed, and returns it. */
  readonly rewind: (records: readonly TestRecord[]) => readonly TestRecord[];
}

interface Partition {
  readonly name: string;
  readonly records: readonly TestRecord[];
  /** How many of them are committed. */
  committed: number;
}

/** A committed offset stands before the first record of its partition that is not resolved. */
export function progressOf(records: readonly TestRecord[]): Progress {
  const partitions: readonly Partition[] = [...Map.groupBy(records, partitionOf)].map(([name, lane]) => ({
    name,
    records: lane,
    committed: 0,
  }));
  const resolved = new Set<TestRecord>();
  return {
    resolve: (done) => {
      for (const record of done) resolved.add(record);
      return partitions.flatMap((partition) => advance(partition, resolved) ?? []);
    },
    rewind: (delivered) => {
      const [own, names] = [new Set(delivered), new Set(delivered.map(partitionOf))];
      const again = partitions
        .filter(({ name }) => names.has(name))
        .flatMap((partition) => partition.records.slice(partition.committed))
        .filter((record) => resolved.has(record) || own.has(record));
      for (const record of again) resolved.delete(record);
      return again;
    },
  };
}

/** The new committed offset, if it moves. */
function advance(
  partition: Partition,
  resolved: ReadonlySet<TestRecord>,
): Omit<Commit, 'delivery'> | undefined {
  let last: TestRecord | undefined;
  for (let next = partition.records[partition.committed]; next && resolved.has(next); ) {
    last = next;
    next = partition.records[++partition.committed];
  }
  return last && { partition: partition.name, offset: last.offset + 1 };
}

function partitionOf({ topic, partition }: TestRecord): string {
  return topicPartition(topic, partition);
}
