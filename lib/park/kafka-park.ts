import type { Park } from './park.ts';
import type { ParkedSummary } from './parked-document.ts';
import { type OverflowOptions, type ParkOptions, parking, requiredText } from './parking.ts';

/** A record to write to the topic of parked records. */
export interface ParkedKafkaRecord {
  readonly topic: string;
  /** `billing/order-events-2@1042`: the same for each time that a record is parked, so that compaction keeps one. */
  readonly key: Buffer;
  /** The parked document, in JSON. */
  readonly value: Buffer;
  /** group, topic, partition, offset and code, as text. */
  readonly headers: readonly (readonly [name: string, value: Buffer])[];
}

export interface KafkaParkOptions extends ParkOptions, OverflowOptions {
  /** The topic for parked records; never the topic that is read, or its consumers read them again. */
  readonly topic: string | undefined;
  /** Writes one record with the producer of your choice, and resolves once the brokers have acknowledged it (`acks: -1`). */
  readonly send: (record: ParkedKafkaRecord) => Promise<unknown>;
  /** Bytes that the topic takes in one batch, `max.message.bytes`. @default 1,048,588, as Kafka's own */
  readonly maxMessageBytes?: number;
}

/** A batch's header, and lengths and deltas of its one record. */
const framing = 128;

/**
 * Parks records in a topic: the value is a `ParkedDocument` in JSON.
 *
 * @throws LanewiseError INVALID_OPTION without topic or group
 * @see https://kafka.apache.org/documentation/#topicconfigs_max.message.bytes
 */
export function kafkaPark(options: KafkaParkOptions): Park {
  const topic = requiredText('kafkaPark', 'topic', options.topic);
  const { send, maxMessageBytes = 1_048_588 } = options;
  return parking(
    {
      name: 'kafkaPark',
      service: `topic ${topic}`,
      largest: maxMessageBytes,
      sizeOf: (document, json) => sizeOf(toKafka(topic, document, json)),
      write: (document, json) => send(toKafka(topic, document, json)),
    },
    options,
  );
}

function toKafka(topic: string, document: ParkedSummary, json: string): ParkedKafkaRecord {
  const { group, partition, offset, error } = document;
  const told = { group, topic: document.topic, partition, offset, code: error.code };
  return {
    topic,
    key: Buffer.from(`${group}/${document.topic}-${partition}@${offset}`),
    value: Buffer.from(json),
    headers: Object.entries(told).map(([name, value]) => [name, Buffer.from(String(value))] as const),
  };
}

function sizeOf({ key, value, headers }: ParkedKafkaRecord): number {
  return headers.reduce(
    (sum, [name, content]) => sum + name.length + content.length,
    framing + key.length + value.length,
  );
}
