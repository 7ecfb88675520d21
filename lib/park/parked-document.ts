import type { ConsumerRecord } from '../decode/consumer-record.ts';
import { errorName } from '../errors/error-name.ts';
import type { PermanentFailure } from '../errors/permanent-error.ts';

/** Where a parked record is from and why it was parked: what a search needs. */
export interface ParkedSummary {
  /** Raised when a field changes its meaning; fields may be added without. */
  readonly version: 1;
  /** The consumer group that gave up on it. */
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds; -1 when the record has none. */
  readonly timestamp: number;
  readonly timestampType: string;
  /** `code` is one of docs/errors.md, or the one given to a `PermanentError`; `message` is cut after 1,000 characters. */
  readonly error: { readonly code: string; readonly name: string; readonly message: string };
  /** ISO 8601. */
  readonly parkedAt: string;
}

/** A parked record, complete: enough to look at it, to mend what is wrong and to produce it again. docs/parking.md describes it. */
export interface ParkedDocument extends ParkedSummary {
  /** Base64, as the event had it; `null` without a key. */
  readonly key: string | null;
  /** Base64, as the event had it; `null` for a tombstone. */
  readonly value: string | null;
  /** Names with base64 values, in order; a name may come twice. */
  readonly headers: readonly (readonly [name: string, value: string | null])[];
}

/** A parked record that is too large for where it is parked: it has no key, value or headers, and says where the whole document is. */
export interface ParkedReference extends ParkedSummary {
  readonly stored: ParkedLocation;
}

export interface ParkedLocation {
  readonly kind: 's3';
  readonly bucket: string;
  readonly key: string;
}

/** The one place where parked documents are made. */
export function parkedDocument(
  record: ConsumerRecord,
  error: PermanentFailure,
  at: { readonly group: string; readonly now: number },
): ParkedDocument {
  return {
    version: 1,
    group: at.group,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType: record.timestampType,
    key: record.keyBase64,
    value: record.valueBase64,
    headers: Array.from(record.headers, ([name, value]) => [name, value.toString('base64')] as const),
    error: { code: codeOf(error), name: errorName(error), message: String(error.message).slice(0, 1_000) },
    parkedAt: new Date(at.now).toISOString(),
  };
}

/** What stays of a document where it is too large. */
export function referenceTo(document: ParkedDocument, stored: ParkedLocation): ParkedReference {
  const { key: _key, value: _value, headers: _headers, ...summary } = document;
  return { ...summary, stored };
}

/**
 * One line of JSON. U+FFFE and U+FFFF are escaped: SQS refuses them, and a header's name may have them.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function parkedJson(document: ParkedDocument | ParkedReference): string {
  return JSON.stringify(document).replace(/[\ufffe\uffff]/g, (character) =>
    character === '\ufffe' ? '\\ufffe' : '\\uffff',
  );
}

/** A code of the user's own may be any text; what a queue's attribute would refuse is not taken over. */
function codeOf(error: PermanentFailure): string {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\x20-\x7e]{1,100}$/.test(code) ? code : 'PERMANENT';
}
