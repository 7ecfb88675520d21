import type { Codec } from '../decode/codec.ts';
import { isPromiseLike } from '../decode/promise-like.ts';
import { DecodeError } from '../errors/decode-error.ts';
import type { KafkaEventRecord } from '../event/kafka-event.ts';
import { checkNumber } from './check-option.ts';
import type { Framed, Framing, SchemaId } from './framing/framing.ts';
import { isUnknownSchema } from './registry/cached-registry.ts';
import type { RegisteredSchema, SchemaFormat, SchemaRegistry } from './registry/schema-registry.ts';

export interface RegistryOptions {
  /** How the schema's id stands before the body: `confluentFraming`, `glueFraming()` or `mappingFraming`. */
  readonly framing: Framing;
  readonly registry: SchemaRegistry;
  /**
   * A registry may lag behind its writers, so that a schema it does not know makes the record come again. From this age of the record on, in milliseconds, it is
   * permanent: the schema was registered before the record was written, and will not appear any more. `Infinity`: never.
   *
   * @default 600000, ten minutes
   */
  readonly unknownSchemaIsPermanentAfter?: number;
}

/** Decodes one body; made once for each schema. */
export type DecodeBody<T> = (framed: Framed) => T;

export interface SchemaCompiler<T> {
  readonly name: string;
  readonly format: SchemaFormat;
  /** @throws anything when the schema cannot be used. */
  readonly compile: (schema: RegisteredSchema) => DecodeBody<T>;
}

const maxDecoders = 1000;

/** A codec that gets the writer's schema from a registry. It returns a promise only for a schema that it has not seen yet. */
export function registryCodec<T>(options: RegistryOptions, compiler: SchemaCompiler<T>): Codec<T> {
  const { framing, registry, unknownSchemaIsPermanentAfter = 600_000 } = options;
  checkNumber('unknownSchemaIsPermanentAfter', unknownSchemaIsPermanentAfter, { least: 0 });
  const decoders = new Map<SchemaId, DecodeBody<T>>();
  const decoderOf = (id: SchemaId, schema: RegisteredSchema): DecodeBody<T> => {
    const known = decoders.get(id);
    if (known !== undefined) return known;
    if (decoders.size >= maxDecoders) decoders.clear();
    const made = compiled(id, schema, compiler);
    decoders.set(id, made);
    return made;
  };
  const fail = (error: unknown, id: SchemaId, raw: KafkaEventRecord | undefined): unknown =>
    isUnknownSchema(error) && ageOf(raw) >= unknownSchemaIsPermanentAfter
      ? stillUnknown(id, registry.name)
      : error;
  const decodeFirst = (framed: Framed, raw: KafkaEventRecord | undefined): T | Promise<T> => {
    const { schemaId } = framed;
    try {
      const schema = registry.schema(schemaId);
      if (!isPromiseLike(schema)) return decoderOf(schemaId, schema)(framed);
      return schema.then(
        (found) => decoderOf(schemaId, found)(framed),
        (error) => Promise.reject(fail(error, schemaId, raw)),
      );
    } catch (error) {
      throw fail(error, schemaId, raw);
    }
  };
  return {
    name: `${framing.name} ${compiler.name}`,
    decode: (bytes, raw, field) => {
      const framed = framing.unframe(bytes, raw, field);
      const known = decoders.get(framed.schemaId);
      return known === undefined ? decodeFirst(framed, raw) : known(framed);
    },
  };
}

/** A schema that cannot be used is not compiled again for each of its records: what is kept then is the refusal. */
function compiled<T>(id: SchemaId, schema: RegisteredSchema, compiler: SchemaCompiler<T>): DecodeBody<T> {
  if (schema.format !== compiler.format) {
    return refusal(`has the schema ${id} of format ${schema.format}, expected ${compiler.format}`);
  }
  try {
    return compiler.compile(schema);
  } catch (error) {
    return refusal(
      `has the schema ${id}, which cannot be used: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  }
}

function stillUnknown(id: SchemaId, registry: string): DecodeError {
  return new DecodeError('SCHEMA_NOT_FOUND', `has the schema ${id}, which ${registry} still does not know`);
}

function refusal(message: string): () => never {
  return () => {
    throw new DecodeError('SCHEMA_UNUSABLE', message);
  };
}

/** Of an unknown age is as good as new. */
function ageOf(raw: KafkaEventRecord | undefined): number {
  return raw !== undefined && raw.timestamp >= 0 ? Date.now() - raw.timestamp : 0;
}
