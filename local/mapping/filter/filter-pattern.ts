/** Compiles one filter pattern; the data key is `value` and nothing else (R133, documented). */
import { LocalError } from '../../local-error.ts';
import { compileLeaf, isPlainObject, type Matcher } from './filter-operators.ts';
import { parseWritten } from './written-json.ts';

export interface CompiledPattern {
  /** A plain pattern is a list of alternatives, a JSON pattern an object of fields. */
  readonly kind: 'plain' | 'json';
  readonly matches: (value: unknown) => boolean;
}

/**
 * @param filter The pattern as JSON text (numbers keep their written form) or parsed.
 * @throws LocalError with AWS's text for a pattern that is not one (R140, observed).
 */
export function compilePattern(filter: unknown): CompiledPattern {
  const parsed = typeof filter === 'string' ? parseWritten(filter)?.value : filter;
  if (!isPlainObject(parsed)) throw invalid(`must be a JSON object, got ${JSON.stringify(filter)}`);
  const other = Object.keys(parsed).find((key) => key !== 'value');
  if (other !== undefined) {
    throw invalid(`the data key of a Kafka record is "value"; "${other}" cannot be filtered`);
  }
  const pattern = parsed.value;
  if (Array.isArray(pattern)) return { kind: 'plain', matches: compileLeaf(pattern, 'value', invalid) };
  if (!isPlainObject(pattern)) throw invalid('"value" must be a list of alternatives or an object of fields');
  return { kind: 'json', matches: compileFields(pattern, 'value') };
}

/** R132, documented: fields are AND-ed; `$or` holds alternatives. */
function compileFields(pattern: Readonly<Record<string, unknown>>, path: string): Matcher {
  const matchers = Object.entries(pattern).map(([key, nested]) =>
    key === '$or' ? compileOr(nested, path) : compileField(key, nested, `${path}.${key}`),
  );
  if (matchers.length === 0) throw invalid(`"${path}" is empty`);
  return (value) => matchers.every((matches) => matches(value));
}

function compileOr(alternatives: unknown, path: string): Matcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isPlainObject)) {
    throw invalid(`"${path}.$or" must be a list of two objects or more`);
  }
  const matchers = alternatives.map((alternative) => compileFields(alternative, path));
  return (value) => matchers.some((matches) => matches(value));
}

function compileField(key: string, nested: unknown, path: string): Matcher {
  if (Array.isArray(nested)) {
    const matches = compileLeaf(nested, path, invalid);
    return (value) => matches(fieldOf(value, key));
  }
  if (!isPlainObject(nested))
    throw invalid(`"${path}" must be a list of alternatives or an object of fields`);
  const matches = compileFields(nested, path);
  return (value) => {
    const field = fieldOf(value, key);
    // EventBridge looks into lists of objects: one of them has to match.
    return Array.isArray(field) ? field.some((element) => matches(element)) : matches(field);
  };
}

/** A field that is missing, also because its parent is missing or no object, is `undefined`. */
function fieldOf(value: unknown, key: string): unknown {
  return isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function invalid(why: string): LocalError {
  return new LocalError(`Invalid filter pattern definition. ${why}`);
}
