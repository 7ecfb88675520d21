import type { KafkaEvent, KafkaEventRecord } from '../event/kafka-event.ts';

/** The records of one topic-partition in one batch, in order, and what became of each. */
export interface Lane {
  /** The event's own key for it: `order-events-2`. */
  readonly key: string;
  readonly records: readonly KafkaEventRecord[];
  /** A `RecordOutcome` for each record. */
  readonly outcomes: Uint8Array;
}

/** The event's lists themselves, not copies; only a list out of order, which AWS is not known to send, is sorted into a new one. */
export function lanesOf(event: KafkaEvent): readonly Lane[] {
  return Object.entries(event.records).map(([key, list]) => ({
    key,
    records: inOrder(list),
    outcomes: new Uint8Array(list.length),
  }));
}

function inOrder(records: readonly KafkaEventRecord[]): readonly KafkaEventRecord[] {
  const isInOrder = records.every(({ offset }, index) => offset <= (records[index + 1]?.offset ?? offset));
  return isInOrder ? records : records.toSorted((one, other) => one.offset - other.offset);
}
