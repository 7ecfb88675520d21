import { topicPartition } from '../event/topic-partition.ts';
import { aRecord, type RecordDetails, type TestRecord } from './a-record.ts';

/**
 * Records as a topic has them: each that names no offset has the next one of its topic-partition, from 0 on.
 *
 * @example
 * aBatch([{ value: { total: 5 } }, { value: { total: 7 } }, { partition: 1, key: 'o-1' }])
 */
export function aBatch(details: readonly RecordDetails[]): readonly TestRecord[] {
  const next = new Map<string, number>();
  return details.map((detail) => {
    const { topic, partition } = aRecord(detail);
    const lane = topicPartition(topic, partition);
    const record = aRecord({ offset: next.get(lane) ?? 0, ...detail });
    next.set(lane, record.offset + 1);
    return record;
  });
}
