import type { Codec } from '../decode/codec.ts';
import { isPromiseLike } from '../decode/promise-like.ts';
import { schemaViolation } from '../decode/schema-violation.ts';
import type { SchemaResult, StandardSchema } from '../decode/standard-schema.ts';

/** Checks what a codec decoded with a schema of zod, valibot or any other library with Standard Schema: `validated(avro({ … }), OrderEvent)`. */
export function validated<Output>(codec: Codec<unknown>, schema: StandardSchema<Output>): Codec<Output> {
  const { validate } = schema['~standard'];
  const check = (value: unknown): Output | Promise<Output> => {
    const result = validate(value);
    return isPromiseLike(result) ? result.then(valid) : valid(result);
  };
  return {
    name: codec.name,
    decode: (bytes, raw, field) => {
      const value = codec.decode(bytes, raw, field);
      return isPromiseLike(value) ? Promise.resolve(value).then(check) : check(value);
    },
  };
}

function valid<Output>(result: SchemaResult<Output>): Output {
  if (result.issues !== undefined) throw schemaViolation(result.issues);
  return result.value;
}
