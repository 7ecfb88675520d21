import type { KafkaEventRecord } from '../event/kafka-event.ts';

/**
 * Places of the records of each key, in order. Keys are compared as the event has them, so that no codec can make two keys
 * one. Records without a key count as one key, apart from the empty key. // R-L6
 */
export function byKey(records: readonly KafkaEventRecord[]): readonly (readonly number[])[] {
  const places = new Map<string | null, number[]>();
  records.forEach((record, index) => {
    const key = record.key ?? null;
    const list = places.get(key);
    if (list === undefined) places.set(key, [index]);
    else list.push(index);
  });
  return [...places.values()];
}
