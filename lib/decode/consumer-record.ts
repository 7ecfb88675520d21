import type { KafkaEventRecord, TimestampType } from '../event/kafka-event.ts';
import { formatPosition } from '../event/topic-partition.ts';
import { RecordHeaders } from './headers.ts';

/**
 * A record as `handle` gets it. In a log it shows its position and nothing else: as text, as JSON and when it is inspected it is
 * `order-events-2@1042`.
 *
 * A class, and each field but `attempt` set in its constructor (`declare` makes none before), so that every record has one hidden class.
 */
export class ConsumerRecord<Value = unknown, Key = unknown> {
  declare readonly topic: string;
  declare readonly partition: number;
  /** Unique within the topic-partition. Gaps are normal. */
  declare readonly offset: number;
  /** Epoch milliseconds; -1 when the record has none. */
  declare readonly timestamp: number;
  declare readonly timestampType: TimestampType;
  /** `null` for a record without a key; an empty key is what the codec makes of no bytes. */
  declare readonly key: Key | null;
  /** `null` for a tombstone; an empty value is what the codec makes of no bytes. */
  declare readonly value: Value | null;
  /**
   * 1 for the first attempt, one more for each that a checkpoint knows to have failed; attempts that ended with their environment are not
   * counted. `undefined` without a checkpoint.
   */
  declare readonly attempt: number | undefined;
  readonly #raw: KafkaEventRecord;
  #headers: RecordHeaders | undefined;

  /** With neither key nor value where they could not be decoded: it is what is known of the record, for `park`. */
  constructor(raw: KafkaEventRecord, key?: Key | null, value?: Value | null) {
    this.topic = raw.topic;
    this.partition = raw.partition;
    this.offset = raw.offset;
    this.timestamp = raw.timestamp ?? -1;
    this.timestampType = raw.timestampType;
    this.key = key as Key | null;
    this.value = value as Value | null;
    this.#raw = raw;
  }

  get headers(): RecordHeaders {
    this.#headers ??= new RecordHeaders(this.#raw.headers);
    return this.#headers;
  }

  /** The key's bytes in base64, as the event has them, also when they could not be decoded; `null` without a key. */
  get keyBase64(): string | null {
    return this.#raw.key ?? null;
  }

  /** The value's bytes in base64, as the event has them, also when they could not be decoded; `null` for a tombstone. */
  get valueBase64(): string | null {
    return this.#raw.value ?? null;
  }

  toString(): string {
    return formatPosition(this);
  }

  toJSON(): string {
    return formatPosition(this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return formatPosition(this);
  }
}
