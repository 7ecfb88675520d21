/** Doors through which unknown JSON enters: the cloud assembly is a file that anyone may have written. */
import { readFileSync } from 'node:fs';
import { LocalError } from '../../local-error.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a key, or an empty one: absent sections of a template mean the same as empty ones. */
export function section(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isObject(value) ? value : {};
}

/** @throws LocalError when the file is missing or holds anything but a JSON object. */
export function readJsonObject(file: string): JsonObject {
  const parsed = parse(file);
  if (!isObject(parsed)) throw new LocalError(`${file} is not a JSON object`);
  return parsed;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LocalError(`cannot read ${file}: ${reason.replaceAll('\n', ' ')}`);
  }
}
