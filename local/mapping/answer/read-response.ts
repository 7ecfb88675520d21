/**
 * Reads what a function answered, row by row of AWS's contract for batch responses.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */

import type { Knobs } from '../knobs.ts';
import { type ReadIdentifier, readIdentifier } from './read-identifier.ts';

export type ResponseKnobs = Pick<Knobs, 'stringIdentifier' | 'stringOffset' | 'legacyKey' | 'malformedBody'>;

/** The records that were sent: the event's key to the offsets in it. */
export type SentRecords = ReadonlyMap<string, { readonly has: (offset: number) => boolean }>;

export type ResponseVerdict =
  | { readonly kind: 'success' }
  /** The event's key to the reported offsets, each once (R81, assumed). */
  | { readonly kind: 'partial'; readonly failed: ReadonlyMap<string, ReadonlySet<number>> }
  /** The whole batch comes again. */
  | { readonly kind: 'invalid-response' };

export interface Diagnostic {
  readonly rule: string;
  readonly text: string;
}

export interface ReadResponse {
  readonly verdict: ResponseVerdict;
  /** AWS gives no hint beyond a repeated delivery, so we do. */
  readonly diagnostics: readonly Diagnostic[];
}

const SUCCESS: ReadResponse = { verdict: { kind: 'success' }, diagnostics: [] };

/** `payload` is the JSON text of what the handler returned. `sent` is only called when the answer names records. */
export function readResponse(payload: string, sent: () => SentRecords, knobs: ResponseKnobs): ReadResponse {
  const body = parseBody(payload);
  // R70 null or nothing, R73 "" and []: documented, observed for streams.
  if (body === null || body === '' || (Array.isArray(body) && body.length === 0)) return SUCCESS;
  if (typeof body !== 'object' || Array.isArray(body)) {
    return malformed(`the answer is ${describe(body)}, not an object`, knobs);
  }
  const list = 'batchItemFailures' in body ? body.batchItemFailures : undefined;
  // R71 {}, documented; R72 null or empty list, documented for streams.
  if (list === undefined || list === null) return SUCCESS;
  if (!Array.isArray(list)) return malformed(`batchItemFailures is ${describe(list)}, not a list`, knobs);
  return list.length === 0 ? SUCCESS : readFailures(list, sent(), knobs);
}

/** R75, R76: one wrong identifier is enough for the whole batch, all its partitions, to come again. */
function readFailures(list: readonly unknown[], sent: SentRecords, knobs: ResponseKnobs): ReadResponse {
  const failed = new Map<string, Set<number>>();
  const diagnostics: Diagnostic[] = [];
  for (const [index, item] of list.entries()) {
    const read: ReadIdentifier = readIdentifier(item, knobs);
    if (read.diagnostic !== undefined) diagnostics.push(at(index, read.diagnostic));
    if (read.kind === 'unreadable') return { verdict: { kind: 'invalid-response' }, diagnostics };
    if (sent.get(read.partition)?.has(read.offset) !== true) {
      diagnostics.push(at(index, unknownRecord(read.partition, read.offset)));
      return { verdict: { kind: 'invalid-response' }, diagnostics };
    }
    const offsets = failed.get(read.partition);
    if (offsets === undefined) failed.set(read.partition, new Set([read.offset]));
    else offsets.add(read.offset);
  }
  return { verdict: { kind: 'partial', failed }, diagnostics };
}

function unknownRecord(partition: string, offset: number): Diagnostic {
  return {
    rule: 'R75',
    text: `names ${partition}@${offset}, which is not in the event; the whole batch comes again`,
  };
}

function at(index: number, diagnostic: Diagnostic): Diagnostic {
  return { rule: diagnostic.rule, text: `batchItemFailures[${index}] ${diagnostic.text}` };
}

/** R83, assumed; a knob. */
function malformed(what: string, knobs: ResponseKnobs): ReadResponse {
  const success = knobs.malformedBody === 'success';
  const outcome = success ? 'it counts as success' : 'the whole batch comes again';
  return {
    verdict: { kind: success ? 'success' : 'invalid-response' },
    diagnostics: [{ rule: 'R83', text: `${what}; ${outcome}` }],
  };
}

const UNREADABLE = Symbol('unreadable');

function parseBody(payload: string): unknown {
  if (payload === '') return null;
  try {
    return JSON.parse(payload);
  } catch {
    return UNREADABLE;
  }
}

function describe(value: unknown): string {
  if (value === UNREADABLE) return 'no JSON';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
