/**
 * The operators of a filter pattern (R134, documented).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
import { compileNumeric } from './filter-numeric.ts';
import { isWrittenNumber, type WrittenNumber, writtenForm, writtenNumber } from './written-json.ts';

/** `undefined` is a field that is not there. */
export type Matcher = (value: unknown) => boolean;

type Complaint = (why: string) => Error;

interface Place {
  readonly path: string;
  readonly complain: Complaint;
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isWrittenNumber(value);
}

/** A list of alternatives: one of them has to match; of a list in the data, one element has to. */
export function compileLeaf(alternatives: readonly unknown[], path: string, complain: Complaint): Matcher {
  if (alternatives.length === 0) throw complain(`"${path}" has no alternatives`);
  const matchers = alternatives.map((alternative) => compileAlternative(alternative, { path, complain }));
  return (value) => matchers.some((matches) => matches(value));
}

function compileAlternative(alternative: unknown, place: Place): Matcher {
  if (isPlainObject(alternative)) return compileOperator(alternative, place);
  if (Array.isArray(alternative)) throw place.complain(`"${place.path}" has a list among its alternatives`);
  return onEach(equalTo(alternative));
}

function compileOperator(alternative: Readonly<Record<string, unknown>>, place: Place): Matcher {
  const [entry, ...others] = Object.entries(alternative);
  if (entry === undefined || others.length > 0) {
    throw place.complain(`"${place.path}" must name one operator in each object`);
  }
  const [operator, operand] = entry;
  switch (operator) {
    case 'exists':
      return compileExists(operand, place);
    case 'anything-but':
      return compileAnythingBut(operand, place);
    case 'numeric':
      return onEach(compileNumeric(operand, place.path, place.complain));
    default:
      return onEach(compileText(operator, operand, place));
  }
}

/** Works on leaves only: an object under the field is not a value. */
function compileExists(operand: unknown, place: Place): Matcher {
  if (typeof operand !== 'boolean') throw place.complain(`"exists" of "${place.path}" must be true or false`);
  return (value) => (value !== undefined && !isPlainObject(value)) === operand;
}

function compileText(operator: string, operand: unknown, place: Place): Matcher {
  const nested = isPlainObject(operand) ? operand['equals-ignore-case'] : undefined;
  const ignoreCase = operator === 'equals-ignore-case' || nested !== undefined;
  const text = nested ?? operand;
  const test = TEXT_TESTS[operator];
  if (test === undefined) throw place.complain(`"${operator}" of "${place.path}" is no operator`);
  if (typeof text !== 'string') throw place.complain(`"${operator}" of "${place.path}" must be a text`);
  const fold = (value: string) => (ignoreCase ? value.toLowerCase() : value);
  const wanted = fold(text);
  return (value) => typeof value === 'string' && test(fold(value), wanted);
}

const TEXT_TESTS: Readonly<Record<string, ((value: string, wanted: string) => boolean) | undefined>> = {
  prefix: (value, wanted) => value.startsWith(wanted),
  suffix: (value, wanted) => value.endsWith(wanted),
  'equals-ignore-case': (value, wanted) => value === wanted,
};

/** A value has to be there, and be none of these. */
function compileAnythingBut(operand: unknown, place: Place): Matcher {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw place.complain(`"anything-but" of "${place.path}" is empty`);
  const excluded = list.map((one) => (isPlainObject(one) ? compileOperator(one, place) : equalTo(one)));
  return onEach(
    (value) => value !== undefined && !isPlainObject(value) && !excluded.some((matches) => matches(value)),
  );
}

function onEach(matches: Matcher): Matcher {
  return (value) => (Array.isArray(value) ? value.some((element) => matches(element)) : matches(value));
}

/** Exact: texts, `null`, `true`, `false`; numbers by their written form. */
function equalTo(wanted: unknown): Matcher {
  const number = asNumber(wanted);
  if (number === undefined) return (value) => value === wanted;
  return (value) => isWrittenNumber(value) && writtenForm(value) === writtenForm(number);
}

function asNumber(value: unknown): WrittenNumber | undefined {
  if (typeof value === 'number') return writtenNumber(value);
  return isWrittenNumber(value) ? value : undefined;
}
