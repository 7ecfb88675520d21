import avsc, { type ForSchemaOptions, type Type } from 'avsc';
import type { RegisteredSchema } from '../registry/schema-registry.ts';
import { boundedTypes, type LongPolicy } from './bounded-types.ts';
import type { ReadBudget } from './read-budget.ts';

export type LogicalTypes = ForSchemaOptions['logicalTypes'];

export interface AvroTypeOptions {
  readonly longs: LongPolicy;
  readonly logicalTypes: LogicalTypes;
  readonly budget: ReadBudget;
}

/** @throws Error when the schema, or one that it refers to, is not an Avro schema. */
export function avroType(
  schema: Pick<RegisteredSchema, 'text' | 'references'>,
  options: AvroTypeOptions,
): Type {
  const { longs, logicalTypes, budget } = options;
  const shared: Partial<ForSchemaOptions> = {
    // Types of references, by their names.
    registry: {},
    logicalTypes,
    omitRecordMethods: true,
  };
  const parse = (text: string): Type => {
    const parsed = parseSchema(text);
    refuseProtoFields(parsed);
    const typeHook = boundedTypes({ longs, budget, mayRecur: refersToNames(parsed) });
    return avsc.Type.forSchema(parsed, { ...shared, typeHook });
  };
  for (const reference of schema.references) parse(reference.text);
  return parse(schema.text);
}

const ownWords = new Set([
  ...['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'],
  ...['record', 'error', 'enum', 'array', 'map', 'fixed'],
]);

/** Whether a type stands anywhere by its name alone. */
function refersToNames(schema: unknown): boolean {
  if (typeof schema === 'string') return !ownWords.has(schema);
  if (Array.isArray(schema)) return schema.some(refersToNames);
  if (typeof schema !== 'object' || schema === null) return false;
  const { type, items, values, fields } = schema as Readonly<Record<string, unknown>>;
  return [type, items, values, fields].some((part) => part !== undefined && refersToNames(part));
}

/** A primitive may be registered without quotes. */
function parseSchema(text: string): avsc.Schema {
  return /^\s*[a-z]+\s*$/.test(text) ? text.trim() : JSON.parse(text);
}

/** A legal name in Avro; but to set a field of that name on an object changes its prototype. */
function refuseProtoFields(schema: unknown): void {
  if (JSON.stringify(schema).includes('"name":"__proto__"')) throw new Error('a field is named __proto__');
}
