import type { ConsumerRecord } from '../decode/consumer-record.ts';
import type { PermanentFailure } from '../errors/permanent-error.ts';

/** A parked record, complete: enough to look at it, to mend what is wrong and to produce it again. */
export interface ParkedDocument {
  /** The consumer group that gave up on it. */
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly timestampType: string;
  /** Base64, as the event had it. */
  readonly key: string | null;
  /** Base64, as the event had it. */
  readonly value: string | null;
  /** Names with base64 values, in order. */
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  readonly error: { readonly code: string; readonly name: string; readonly message: string };
  /** ISO 8601. */
  readonly parkedAt: string;
}

export function parkedDocument(
  record: ConsumerRecord,
  error: PermanentFailure,
  at: { readonly group: string; readonly now: number },
): ParkedDocument {
  return {
    group: at.group,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType: record.timestampType,
    key: record.keyBase64,
    value: record.valueBase64,
    headers: Array.from(record.headers, ([name, value]) => [name, value.toString('base64')] as const),
    error: { code: codeOf(error), name: error.name, message: error.message },
    parkedAt: new Date(at.now).toISOString(),
  };
}

function codeOf(error: PermanentFailure): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'PERMANENT';
}
