import { describe, type Evaluation } from '../resolve/evaluation.ts';
import { isObject, type JsonObject } from '../template/json.ts';

/** The properties of a resource, each resolved and checked when it is asked for; absent ones are `undefined`. */
export interface Fields {
  text(name: string): string | undefined;
  /** As `text`, refusing an absent one. */
  required(name: string): string;
  whole(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  list(name: string): readonly unknown[];
  /** An object below; one without properties when it is absent. */
  below(name: string): Fields;
  has(name: string): boolean;
  /** Whatever is there, resolved. */
  value(name: string): unknown;
  fail(name: string, message: string): never;
}

export function fieldsOf(raw: JsonObject, at: Evaluation): Fields {
  const value = (name: string): unknown => at.below(name).value(raw[name]);
  const fail = (name: string, message: string): never => at.below(name).fail(message);
  const text = (name: string): string | undefined =>
    value(name) === undefined ? undefined : at.below(name).text(raw[name]);
  return {
    value,
    text,
    fail,
    required: (name) => text(name) ?? fail(name, `${name} is missing`),
    whole: (name) => toWhole(text(name), (message) => fail(name, message)),
    flag: (name) => toFlag(text(name), (message) => fail(name, message)),
    list: (name) => (value(name) === undefined ? [] : at.below(name).list(raw[name])),
    below: (name) => {
      const found = value(name) ?? {};
      if (!isObject(found)) return fail(name, `expected an object, got ${describe(found)}`);
      return fieldsOf(found, at.below(name));
    },
    has: (name) => value(name) !== undefined,
  };
}

function toWhole(text: string | undefined, fail: (message: string) => never): number | undefined {
  if (text === undefined) return undefined;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isSafeInteger(number) ? number : fail(`expected a whole number, got '${text}'`);
}

function toFlag(text: string | undefined, fail: (message: string) => never): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  return fail(`expected true or false, got '${text}'`);
}
