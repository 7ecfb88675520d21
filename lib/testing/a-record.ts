import type { RecordToDeliver } from '../event/build-kafka-event.ts';

/** A record of a topic, as Kafka has it. */
export type TestRecord = RecordToDeliver & { readonly topic: string };

/** What a test says about a record; the rest is filled in. */
export interface RecordDetails
  extends Partial<Pick<TestRecord, 'topic' | 'partition' | 'offset' | 'timestamp' | 'timestampType'>> {
  /** Text, bytes, or `null` for a record without a key. */
  readonly key?: string | Uint8Array | null;
  /** Text and bytes as they are, `null` for a tombstone, anything else as JSON. */
  readonly value?: unknown;
  /** Names with texts or bytes: an object, or pairs in order, where a name may come twice. */
  readonly headers?: readonly HeaderPair[] | Readonly<Record<string, HeaderPair[1]>>;
}

type HeaderPair = readonly [name: string, value: string | Uint8Array | null];

/** A record at `order-events-0@0`, unless told otherwise: `aRecord({ offset: 7, value: { kind: 'order.placed' } })`. */
export function aRecord(details: RecordDetails = {}): TestRecord {
  const { key = null, value = {}, headers = [], ...position } = details;
  return {
    topic: 'order-events',
    partition: 0,
    offset: 0,
    timestamp: Date.UTC(2026, 10, 23, 10),
    timestampType: 'CREATE_TIME',
    ...position,
    key: bytesOrNull(key),
    value: bytesOrNull(isBytesOrText(value) ? value : JSON.stringify(value)),
    headers: pairsOf(headers).map(([name, content]) => [name, bytesOrNull(content)] as const),
  };
}

function pairsOf(headers: NonNullable<RecordDetails['headers']>): readonly HeaderPair[] {
  return Array.isArray(headers) ? headers : Object.entries(headers);
}

function isBytesOrText(value: unknown): value is string | Uint8Array | null {
  return value === null || typeof value === 'string' || value instanceof Uint8Array;
}

function bytesOrNull(value: string | Uint8Array | null): Uint8Array | null {
  return typeof value === 'string' ? Buffer.from(value) : value;
}
