import * as z from 'zod';
import { LocalError } from '../local-error.ts';
import type { ProducedRecord } from '../source/record-source.ts';
import { orderKey } from './order-key.ts';

/** Key and payload are text, or null; with kcat's Avro options they are JSON. */
const content = z.json().optional();

/**
 * A line of `kcat -C -J`. Topic, offset and broker are those of the record it was once, so they are not read.
 *
 * @see https://github.com/edenhill/kcat
 */
const KcatEnvelope = z.object({
  key: content,
  payload: content,
  partition: z.int().min(0).optional(),
  /** Epoch milliseconds; -1 for a record without. */
  ts: z.int().min(-1).optional(),
  /** Names and values in turn. */
  headers: z.array(z.string().nullable()).optional(),
});

/** An order event has no payload; an envelope has one, even if it is null. */
export function isKcatEnvelope(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && 'payload' in parsed && !('kind' in parsed);
}

/** @param place for error messages: file and line. */
export function readKcatEnvelope(parsed: unknown, place: string): ProducedRecord {
  const result = KcatEnvelope.safeParse(parsed);
  if (!result.success) {
    const fields = result.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
    throw new LocalError(`${place}: not an envelope of kcat -J, look at ${fields}`);
  }
  const { key, payload, partition, ts, headers } = result.data;
  const value = asBytes(payload);
  return {
    // kcat writes null for a record without a key; an envelope that says nothing of one gets the order's.
    key: key === undefined ? orderKey(parseJson(value)) : asBytes(key),
    value,
    headers: asPairs(headers ?? [], place),
    ...(partition === undefined ? {} : { partition }),
    ...(ts === undefined || ts < 0 ? {} : { timestamp: ts }),
  };
}

function asBytes(field: z.infer<typeof content>): Buffer | null {
  if (field === undefined || field === null) return null;
  return Buffer.from(typeof field === 'string' ? field : JSON.stringify(field));
}

function asPairs(flat: readonly (string | null)[], place: string): NonNullable<ProducedRecord['headers']> {
  if (flat.length % 2 !== 0) {
    throw new LocalError(`${place}: ${flat.length} headers, but names and values come in turn`);
  }
  return Array.from({ length: flat.length / 2 }, (_, index) => {
    const name = flat[index * 2];
    if (typeof name !== 'string') throw new LocalError(`${place}: header ${index + 1} has no name`);
    return [name, asBytes(flat[index * 2 + 1])] as const;
  });
}

function parseJson(value: Buffer | null): unknown {
  try {
    return JSON.parse(value?.toString() ?? 'null');
  } catch {
    return undefined;
  }
}
