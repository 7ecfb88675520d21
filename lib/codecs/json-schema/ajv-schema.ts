import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { SchemaIssue, StandardSchema } from '../../decode/standard-schema.ts';
import { LanewiseError } from '../../errors/lanewise-error.ts';
import type { RegisteredSchema, SchemaReference } from '../registry/schema-registry.ts';

/** A JSON Schema: the object, or its JSON as text. */
export type JsonSchema = string | object;

// Formats are annotations, as newer drafts have it. Unknown keywords pass: registered schemas have many.
const ajvOptions: Options = { strict: false, validateFormats: false, allErrors: false, logger: false };

/**
 * A JSON Schema as a Standard Schema, for `json()` and `validated()`: `json(ajvSchema<OrderEvent>(schema))`. Drafts 7, 2019-09 and 2020-12;
 * `format` is not checked. `T` is what the schema says.
 *
 * @throws LanewiseError INVALID_OPTION when the schema cannot be used.
 */
export function ajvSchema<T = unknown>(
  schema: JsonSchema,
  references: readonly SchemaReference[] = [],
): StandardSchema<T> {
  try {
    return compileJsonSchema<T>({
      text: typeof schema === 'string' ? schema : JSON.stringify(schema),
      references,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LanewiseError('INVALID_OPTION', `the schema cannot be used as a JSON Schema: ${why}`);
  }
}

/** @throws Error when the schema, or one that it refers to, cannot be used. */
export function compileJsonSchema<T>({
  text,
  references,
}: Pick<RegisteredSchema, 'text' | 'references'>): StandardSchema<T> {
  const schema: unknown = JSON.parse(text);
  const ajv = ajvFor(schema);
  for (const reference of references) addReference(ajv, reference, schema);
  const validate = ajv.compile<T>(schema as object | boolean);
  // Its answer is a promise, which nobody here would wait for.
  if ('$async' in validate) throw new Error('it is asynchronous ($async)');
  return {
    '~standard': { version: 1, vendor: 'ajv', validate: (value) => resultOf(validate, value) },
  };
}

function addReference(ajv: Ajv, { name, text }: SchemaReference, schema: unknown): void {
  const referenced = JSON.parse(text);
  ajv.addSchema(referenced, name);
  const address = addressOf(name, schema);
  // It may have that address by its own `$id` already.
  if (address === undefined || (ajv.schemas[address] ?? ajv.refs[address]) !== undefined) return;
  ajv.addSchema(referenced, address);
}

/** What a `$ref` of a reference's name means in a schema with an `$id`. */
function addressOf(name: string, schema: unknown): string | undefined {
  const id: unknown =
    typeof schema === 'object' && schema !== null && '$id' in schema ? schema.$id : undefined;
  return typeof id === 'string' ? URL.parse(name, id)?.href : undefined;
}

function ajvFor(schema: unknown): Ajv {
  const draft =
    typeof schema === 'object' && schema !== null && '$schema' in schema ? String(schema.$schema) : '';
  if (draft.includes('2020-12')) return new Ajv2020(ajvOptions);
  if (draft.includes('2019-09')) return new Ajv2019(ajvOptions);
  return new Ajv(ajvOptions);
}

function resultOf<T>(validate: ValidateFunction<T>, value: unknown) {
  if (validate(value)) return { value };
  return { issues: (validate.errors ?? []).map(issueOf) };
}

/** `missingProperty` and the like are names of the schema; the rest of `params` may be content and is left out. */
function issueOf(error: ErrorObject): SchemaIssue & { readonly code: string } {
  const path = error.instancePath.split('/').slice(1).map(segmentOf);
  const missing: unknown = error.params.missingProperty;
  return {
    message: error.message ?? error.keyword,
    path: typeof missing === 'string' ? [...path, missing] : path,
    code: error.keyword.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  };
}

/** A JSON pointer's segment; digits are taken for an index. */
function segmentOf(segment: string): string | number {
  const text = segment.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(text) ? Number(text) : text;
}
