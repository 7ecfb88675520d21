import type { KafkaEventRecord } from '../event/kafka-event.ts';

/**
 * Places of the records of each key, in order. Keys are compared as the event has them, so that no codec can make two keys
 * one. Records without a key count as one key, apart from the empty key. // R-L6
 */
export function byKey(records: readonly KafkaEventRecord[]): readonly (readonly number[])[] {
  return [...Map.groupBy(records.keys(), (index) => records[index]?.key ?? null).values()];
}
