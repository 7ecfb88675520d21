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
    typeHook: boundedTypes(longs, budget),
  };
  for (const reference of schema.references) parseType(reference.text, shared);
  return parseType(schema.text, shared);
}

function parseType(text: string, options: Partial<ForSchemaOptions>): Type {
  const schema = parseSchema(text);
  refuseProtoFields(schema);
  return avsc.Type.forSchema(schema, options);
}

/** A primitive may be registered without quotes. */
function parseSchema(text: string): avsc.Schema {
  return /^\s*[a-z]+\s*$/.test(text) ? text.trim() : JSON.parse(text);
}

/** A legal name in Avro; but to set a field of that name on an object changes its prototype. */
function refuseProtoFields(schema: unknown): void {
  if (JSON.stringify(schema).includes('"name":"__proto__"')) throw new Error('a field is named __proto__');
}
