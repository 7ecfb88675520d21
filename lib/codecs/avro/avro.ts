import type { Type } from 'avsc';
import type { Codec } from '../../decode/codec.ts';
import { DecodeError } from '../../errors/decode-error.ts';
import { LanewiseError } from '../../errors/lanewise-error.ts';
import type { RegisteredSchema, SchemaReference } from '../registry/schema-registry.ts';
import { type RegistryOptions, registryCodec } from '../registry-codec.ts';
import { avroType, type LogicalTypes } from './avro-schema.ts';
import type { LongPolicy } from './bounded-types.ts';
import { AvroLimitError, type ReadBudget } from './read-budget.ts';

/** An Avro schema: what its JSON says, or that JSON as text. */
export type AvroSchema = string | object;

export interface AvroReading {
  /**
   * What this consumer wants to see. A record written with another schema is resolved to it by Avro's rules: fields by name or alias, defaults for what is missing,
   * numbers widened. Without it a record looks as its writer wrote it.
   *
   * @see https://avro.apache.org/docs/1.12.0/specification/#schema-resolution
   */
  readonly readerSchema?: AvroSchema;
  /** What a long becomes. A long beyond 2^53 cannot be a number: then the record is MALFORMED_AVRO. @default 'number' */
  readonly longs?: LongPolicy;
  /** avsc's classes for logical types, by name; without one the value is that of the underlying type. */
  readonly logicalTypes?: LogicalTypes;
}

/** Bytes without framing, all written with one schema. */
export interface PlainAvroOptions extends AvroReading {
  readonly schema: AvroSchema;
  /** Schemas that `schema` refers to by name, each after those that it refers to itself. */
  readonly references?: readonly SchemaReference[];
}

/** Bytes with a framing that names the schema each was written with. */
export interface FramedAvroOptions extends AvroReading, RegistryOptions {}

/**
 * Avro's binary encoding, decoded by avsc. `T` is what the schema says; nothing checks it against that: `validated` does.
 *
 * @throws LanewiseError INVALID_OPTION when `schema` or `readerSchema` cannot be used.
 */
export function avro<T = unknown>(options: PlainAvroOptions | FramedAvroOptions): Codec<T> {
  const bodyReader = bodyReaderFor<T>(options);
  if ('schema' in options) {
    const { references = [] } = options;
    const read = asOption('schema', () => bodyReader({ text: textOf(options.schema), references }));
    return { name: 'avro', decode: read };
  }
  return registryCodec<T>(options, {
    name: 'avro',
    format: 'AVRO',
    compile: (schema) => {
      const read = bodyReader(schema);
      return ({ body }) => read(body);
    },
  });
}

type ReadBody<T> = (body: Buffer) => T;

function bodyReaderFor<T>(
  options: AvroReading,
): (schema: Pick<RegisteredSchema, 'text' | 'references'>) => ReadBody<T> {
  const { readerSchema, longs = 'number', logicalTypes = {} } = options;
  const budget: ReadBudget = { depth: 0, emptyItems: 0 };
  if (readerSchema === undefined) {
    return (schema) => readWith<T>(avroType(schema, { longs, logicalTypes, budget }), undefined, budget);
  }
  const reader = asOption('readerSchema', () =>
    avroType({ text: textOf(readerSchema), references: [] }, { longs, logicalTypes, budget }),
  );
  return (schema) => {
    // A double of the reader takes the writer's long as it is read, which must be a number then.
    const writer = avroType(schema, { longs: 'number', logicalTypes, budget });
    return readWith<T>(reader, reader.createResolver(writer, { ignoreNamespaces: true }), budget);
  };
}

function readWith<T>(
  type: Type,
  resolver: ReturnType<Type['createResolver']> | undefined,
  budget: ReadBudget,
): ReadBody<T> {
  return (body) => {
    budget.depth = 0;
    budget.emptyItems = 0;
    try {
      return type.fromBuffer(body, resolver);
    } catch (error) {
      if (error instanceof AvroLimitError) throw new DecodeError('LIMIT_EXCEEDED', error.message);
      throw new DecodeError(
        'MALFORMED_AVRO',
        `is not Avro of its schema: ${body.length} bytes${reason(error)}`,
      );
    }
  };
}

/** avsc's messages may quote a value: only those that are known not to are passed on. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error instanceof RangeError) return `, ${error.message}`;
  return error.message === 'truncated buffer' || error.message === 'trailing data'
    ? `, ${error.message}`
    : '';
}

function textOf(schema: AvroSchema): string {
  return typeof schema === 'string' ? schema : JSON.stringify(schema);
}

function asOption<Result>(name: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LanewiseError('INVALID_OPTION', `${name} cannot be used as an Avro schema: ${why}`);
  }
}
