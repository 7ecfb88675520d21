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
  if (!isObject(event) || !isObject(event.records) || Array.isArray(event.records)) {
    throw notKafka(`the event has ${describe(isObject(event) ? event.records : event)} in place of records`);
  }
  for (const key of Object.keys(event.records)) checkPartition(key, event.records[key]);
  return event as unknown as KafkaEvent;
}

function checkPartition(key: string, records: unknown): void {
  if (!Array.isArray(records)) throw notKafka(`records['${shown(key)}'] is ${describe(records)}, not a list`);
  let first: KafkaEventRecord | undefined;
  for (const record of records as readonly unknown[]) {
    if (!isPositioned(record))
      throw notKafka(`records['${shown(key)}'] holds something without topic, partition and offset`);
    first ??= checkKey(key, record);
    if (record.topic !== first.topic || record.partition !== first.partition) checkKey(key, record);
    if (!Number.isSafeInteger(record.offset) || record.offset < 0) throw unsafeOffset(key, record.offset);
  }
}

function checkKey(key: string, record: KafkaEventRecord): KafkaEventRecord {
  if (topicPartition(record.topic, record.partition) === key) return record;
  const own = shown(topicPartition(record.topic, record.partition));
  throw new LanewiseError(
    'PARTITION_KEY_MISMATCH',
    `records['${shown(key)}'] holds a record of ${own}, expected only records of ${shown(key)}; the answer could not name it at ${own}@${record.offset}`,
  );
}

function isPositioned(record: unknown): record is KafkaEventRecord {
  return (
    isObject(record) &&
    typeof record.topic === 'string' &&
    typeof record.partition === 'number' &&
    typeof record.offset === 'number'
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function unsafeOffset(key: string, offset: number): LanewiseError {
  return new LanewiseError(
    'UNSAFE_OFFSET',
    `the offset ${offset} is not a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, so that the record cannot be named in the answer, in ${shown(key)}`,
  );
}

function notKafka(what: string): LanewiseError {
  return new LanewiseError(
    'NOT_A_KAFKA_EVENT',
    `not a Kafka event: ${what}; expected { records: { '<topic>-<partition>': [{ topic, partition, offset, … }] } }, so check which event source invokes this function`,
  );
}

/** A name in something that is no Kafka event may be anything, also what a log must not show. */
function shown(name: string): string {
  return /^[\w.-]{1,260}$/.test(name) ? name : '*';
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
