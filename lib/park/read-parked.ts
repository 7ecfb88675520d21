import { LanewiseError } from '../errors/lanewise-error.ts';
import type { ParkedDocument, ParkedReference } from './parked-document.ts';

/** A parked record as it was read from its topic, to be produced again. */
export interface ProducibleRecord {
  readonly topic: string;
  /** Where it was; a producer that leaves the choice to its partitioner finds the same for the same key. */
  readonly partition: number;
  /** Epoch milliseconds; `undefined` where the broker sets it. */
  readonly timestamp: number | undefined;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}

/**
 * Reads what a sink has written.
 *
 * @throws LanewiseError NOT_A_PARKED_DOCUMENT
 */
export function readParked(json: string): ParkedDocument | ParkedReference {
  const document = parse(json);
  if (!isParked(document)) {
    throw new LanewiseError(
      'NOT_A_PARKED_DOCUMENT',
      'not a parked document of version 1, expected JSON with version, group, topic, partition, offset, error and key, value and headers or stored',
    );
  }
  return document;
}

/** The record as it was, key, value and headers to the byte; headers without a value had lost their names before. */
export function producible(document: ParkedDocument): ProducibleRecord {
  const { topic, partition, timestamp, timestampType, key, value, headers } = document;
  return {
    topic,
    partition,
    timestamp: timestampType === 'CREATE_TIME' && timestamp >= 0 ? timestamp : undefined,
    key: bytesOf(key),
    value: bytesOf(value),
    headers: headers.map(([name, content]) => [name, bytesOf(content)] as const),
  };
}

export function isReference(document: ParkedDocument | ParkedReference): document is ParkedReference {
  return 'stored' in document;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isParked(document: unknown): document is ParkedDocument | ParkedReference {
  const fields: Partial<ParkedDocument & ParkedReference> = Object(document);
  const { version, group, topic, partition, offset, error, stored } = fields;
  return (
    version === 1 &&
    typeof group === 'string' &&
    typeof topic === 'string' &&
    Number.isSafeInteger(partition) &&
    Number.isSafeInteger(offset) &&
    typeof error?.code === 'string' &&
    (stored === undefined ? hasContent(fields) : typeof stored?.key === 'string')
  );
}

function hasContent({ key, value, headers }: Partial<ParkedDocument>): boolean {
  return isBase64OrNull(key) && isBase64OrNull(value) && Array.isArray(headers) && headers.every(isHeader);
}

function isHeader(header: unknown): boolean {
  return Array.isArray(header) && typeof header[0] === 'string' && isBase64OrNull(header[1]);
}

function isBase64OrNull(text: unknown): boolean {
  return text === null || typeof text === 'string';
}

function bytesOf(base64: string | null): Buffer | null {
  return base64 === null ? null : Buffer.from(base64, 'base64');
}
