/** Reads one entry of `batchItemFailures`. */
import type { Diagnostic, ResponseKnobs } from './read-response.ts';

export type ReadIdentifier =
  | {
      readonly kind: 'position';
      readonly partition: string;
      readonly offset: number;
      /** Set when only a knob made it readable. */
      readonly diagnostic: Diagnostic | undefined;
    }
  | { readonly kind: 'unreadable'; readonly diagnostic: Diagnostic };

const WHOLE_BATCH = 'the whole batch comes again';

/** R77, observed for streams: missing, null, empty, or with a wrong key. */
export function readIdentifier(item: unknown, knobs: ResponseKnobs): ReadIdentifier {
  if (!isObject(item)) return unreadable('R77', 'is not an object with an itemIdentifier');
  const identifier = item.itemIdentifier;
  if (typeof identifier === 'string' && identifier !== '') return readText(identifier, knobs);
  if (!isObject(identifier)) {
    return unreadable('R77', 'has no itemIdentifier of the form { partition, offset }');
  }
  return readObject(identifier, knobs);
}

/** R78: unknown for Kafka; a knob. */
function readText(identifier: string, knobs: ResponseKnobs): ReadIdentifier {
  const form = 'has a text as itemIdentifier; AWS documents the object { partition, offset }';
  if (knobs.stringIdentifier === 'reject') return unreadable('R78', form);
  const match = /^(.+)-(\d+)$/.exec(identifier);
  if (match?.[1] === undefined) return unreadable('R78', `${form}, and it is not "topic-partition-offset"`);
  return position(match[1], Number(match[2]), { rule: 'R78', text: `${form}; understood by a knob` });
}

function readObject(identifier: Readonly<Record<string, unknown>>, knobs: ResponseKnobs): ReadIdentifier {
  const legacy = identifier.partition === undefined && typeof identifier['topic-partition'] === 'string';
  const old = 'has the older key "topic-partition"; AWS documents "partition"';
  // R80: unknown today; a knob.
  if (legacy && knobs.legacyKey === 'reject') return unreadable('R80', old);
  const partition = legacy ? identifier['topic-partition'] : identifier.partition;
  if (typeof partition !== 'string' || partition === '') {
    return unreadable('R77', 'has an itemIdentifier without the text "partition"');
  }
  const warning = legacy ? { rule: 'R80', text: `${old}; understood by a knob` } : undefined;
  return readOffset(partition, identifier.offset, { knobs, warning });
}

function readOffset(
  partition: string,
  offset: unknown,
  options: { readonly knobs: ResponseKnobs; readonly warning: Diagnostic | undefined },
): ReadIdentifier {
  if (typeof offset === 'number') return position(partition, offset, options.warning);
  if (typeof offset !== 'string' || !/^\d+$/.test(offset)) {
    return unreadable('R77', 'has an itemIdentifier without the number "offset"');
  }
  // R79: unknown; a knob.
  const form = 'has its offset as a text; AWS documents a number';
  if (options.knobs.stringOffset === 'reject') return unreadable('R79', form);
  return position(partition, Number(offset), { rule: 'R79', text: `${form}; understood by a knob` });
}

function position(partition: string, offset: number, diagnostic: Diagnostic | undefined): ReadIdentifier {
  return { kind: 'position', partition, offset, diagnostic };
}

function unreadable(rule: string, what: string): ReadIdentifier {
  return { kind: 'unreadable', diagnostic: { rule, text: `${what}; ${WHOLE_BATCH}` } };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
