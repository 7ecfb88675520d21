import type { KafkaEvent, KafkaEventHeader, KafkaEventRecord, TimestampType } from './kafka-event.ts';
import { topicPartition } from './topic-partition.ts';

/** A record as Kafka has it, to be put into an event. */
export interface RecordToDeliver {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly (readonly [name: string, value: Uint8Array | null])[];
}

/** Where AWS's own form of an event is not known for certain. Every combination has to be readable. */
export interface EventStyle {
  /** A null key or value is left out, or is `null`. R21, R22; `omit` by default. */
  readonly nullStyle?: 'omit' | 'null';
  /** Header bytes are -128…127 or 0…255. R25; `signed` by default. */
  readonly headerBytes?: 'signed' | 'unsigned';
  /** A record without headers. R28; `empty-array` by default. */
  readonly noHeadersStyle?: 'empty-array' | 'null' | 'omit';
}

/** What an event has besides its records. A thin retry has none of it: `{}`. */
export type Envelope = Omit<KafkaEvent, 'records'>;

/** The event for records of one topic, or of several that each name theirs; the order of the records is kept. */
export function buildKafkaEvent(
  records: readonly (RecordToDeliver & { readonly topic: string })[],
  envelope: Envelope = {},
  style: EventStyle = {},
): KafkaEvent {
  const partitions = new Map<string, KafkaEventRecord[]>();
  for (const record of records) {
    const key = topicPartition(record.topic, record.partition);
    const list = partitions.get(key) ?? [];
    list.push(buildEventRecord(record.topic, record, style));
    partitions.set(key, list);
  }
  return { ...envelope, records: Object.fromEntries(partitions) };
}

/** One record in the form of the event: base64 key and value, headers as lists of byte numbers. */
export function buildEventRecord(
  topic: string,
  record: RecordToDeliver,
  style: EventStyle = {},
): KafkaEventRecord {
  return {
    topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType: record.timestampType,
    ...field('key', record.key, style),
    ...field('value', record.value, style),
    ...headersField(record.headers, style),
  };
}

function field(
  name: 'key' | 'value',
  bytes: Uint8Array | null,
  style: EventStyle,
): Partial<KafkaEventRecord> {
  if (bytes !== null) return { [name]: asBuffer(bytes).toString('base64') };
  return style.nullStyle === 'null' ? { [name]: null } : {};
}

function headersField(headers: RecordToDeliver['headers'], style: EventStyle): Partial<KafkaEventRecord> {
  if (headers.length > 0) return { headers: headers.map((header) => eventHeader(header, style)) };
  switch (style.noHeadersStyle) {
    case 'omit':
      return {};
    case 'null':
      return { headers: null };
    default:
      return { headers: [] };
  }
}

/** A null value loses its name on the way: R26. `fromEntries` makes `__proto__` a property like any other. */
function eventHeader([name, value]: RecordToDeliver['headers'][number], style: EventStyle): KafkaEventHeader {
  if (value === null) return {};
  const bytes = style.headerBytes === 'unsigned' ? value : new Int8Array(value);
  return Object.fromEntries([[name, Array.from(bytes)]]);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
