import type { ErrorCode } from '../errors/error-codes.ts';
import { LanewiseError } from '../errors/lanewise-error.ts';
import type { KafkaEvent, KafkaEventRecord } from './kafka-event.ts';
import { topicPartition } from './topic-partition.ts';

/**
 * The one door for what Lambda hands over. It checks what the answer is made of (topic, partition and offset of every
 * record) and returns the same object; keys, values and headers are each record's own trouble, found when it is decoded.
 *
 * A Kafka event is known by its `records` alone: a retry after a partial response has nothing else. // R15
 *
 * @throws LanewiseError NOT_A_KAFKA_EVENT, PARTITION_KEY_MISMATCH or UNSAFE_OFFSET: the whole batch has to come again.
 */
export function parseKafkaEvent(event: unknown): KafkaEvent {
  const { records } = (event ?? {}) as { readonly records?: unknown };
  if (!records || typeof records !== 'object' || Array.isArray(records)) throw notKafka(records);
  for (const [key, list] of Object.entries(records)) checkPartition(key, list);
  return event as KafkaEvent;
}

function checkPartition(key: string, records: unknown): void {
  if (!Array.isArray(records)) throw notKafka(records);
  let seenTopic: string | undefined;
  let seenPartition: number | undefined;
  for (const record of records as readonly unknown[]) {
    const { topic, partition, offset } = (record ?? {}) as Partial<KafkaEventRecord>;
    if (typeof topic !== 'string' || typeof partition !== 'number' || typeof offset !== 'number') {
      throw notKafka(record);
    }
    // Comparing with the record before is cheaper than to build the key of each.
    if (topic !== seenTopic || partition !== seenPartition) {
      const own = topicPartition(topic, partition);
      if (own !== key) throw unnamed('PARTITION_KEY_MISMATCH', `a record is of ${own}`, key);
      seenTopic = topic;
      seenPartition = partition;
    }
    if (!Number.isSafeInteger(offset) || offset < 0) {
      throw unnamed(
        'UNSAFE_OFFSET',
        `offset ${offset} is not a whole number up to ${Number.MAX_SAFE_INTEGER}`,
        key,
      );
    }
  }
}

function unnamed(code: ErrorCode, what: string, key: string): LanewiseError {
  return new LanewiseError(code, `${what}, so that the answer could not name it, in ${key}`);
}

/** Names none of the properties it found: in what is no Kafka event they may be anything, also what a log must not show. */
function notKafka(got: unknown): LanewiseError {
  const type = Array.isArray(got) ? 'list' : typeof got;
  return new LanewiseError(
    'NOT_A_KAFKA_EVENT',
    `not a Kafka event: a wrong ${type} in records, expected { records: { 'topic-partition': [{ topic, partition, offset }] } }; which event source invokes this function?`,
  );
}
