import { formatPosition, topicPartition } from '../../event/topic-partition.ts';
import type { TestRecord } from '../a-record.ts';
import type { Delivery } from './deliver.ts';

/** A partition's committed offset after a delivery: the next record to be read, as Kafka keeps it. */
export interface Commit {
  /** Of the delivery that moved it, counted from 1. */
  readonly delivery: number;
  /** `order-events-2`. */
  readonly partition: string;
  readonly offset: number;
}

interface Progress {
  readonly partition: string;
  /** In rising offset order. */
  readonly records: readonly TestRecord[];
  done: number;
}

/** A committed offset stands before the first record of its partition that is not resolved. */
export function commitsOf(
  records: readonly TestRecord[],
  deliveries: readonly Delivery[],
): readonly Commit[] {
  const byPartition = Map.groupBy(records, ({ topic, partition }) => topicPartition(topic, partition));
  const lanes: readonly Progress[] = [...byPartition].map(([partition, lane]) => ({
    partition,
    records: lane.toSorted((one, other) => one.offset - other.offset),
    done: 0,
  }));
  const resolved = new Set<string>();
  return deliveries.flatMap((delivery, index) => {
    for (const record of delivery.resolved) resolved.add(formatPosition(record));
    return lanes.flatMap((lane) => {
      const offset = advance(lane, resolved);
      return offset === undefined ? [] : [{ delivery: index + 1, partition: lane.partition, offset }];
    });
  });
}

/** The new committed offset, if it moves. */
function advance(lane: Progress, resolved: ReadonlySet<string>): number | undefined {
  const before = lane.done;
  for (let next = lane.records[lane.done]; next && resolved.has(formatPosition(next)); ) {
    lane.done += 1;
    next = lane.records[lane.done];
  }
  const last = lane.records[lane.done - 1];
  return lane.done > before && last !== undefined ? last.offset + 1 : undefined;
}
