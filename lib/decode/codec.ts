import { checkOption, isFunction } from '../errors/check-option.ts';
import { DecodeError } from '../errors/decode-error.ts';
import type { KafkaEventRecord, RecordField } from '../event/kafka-event.ts';
import { isPromiseLike } from './promise-like.ts';
import { schemaViolation } from './schema-violation.ts';
import type { SchemaResult, StandardSchema } from './standard-schema.ts';

/**
 * Turns the bytes of a key or value into what `handle` gets. A null key or value never reaches it.
 *
 * What it throws is permanent and fails, or parks, that record alone, unless the error has `permanent: false`: so does a
 * registry that could not be reached. A codec may return a promise; one that does not costs none.
 */
export interface Codec<T> {
  /** For error messages: `json`. */
  readonly name: string;
  /**
   * `raw` and `field` say where the bytes are from: the record as it is in the event, with the schema metadata that the mapping added, and
   * which of its fields. `kafkaHandler` always gives them.
   */
  readonly decode: (bytes: Buffer, raw?: KafkaEventRecord, field?: RecordField) => T | Promise<T>;
}

/** A codec of ours that may be given text instead of bytes: text that certainly is what the bytes say in UTF-8. */
export interface TextCodec<T> extends Codec<T> {
  readonly isText: true;
  readonly decode: (content: Buffer | string) => T | Promise<T>;
}

/** The bytes as they are. */
export const bytes: Codec<Buffer> = { name: 'bytes', decode: (content) => content };

/** UTF-8 text; what is not UTF-8 is replaced by U+FFFD, as Kafka's own StringDeserializer does. */
export const text: Codec<string> = textCodec('text', (content) => content.toString());

/** JSON of any shape. */
export function json(): Codec<unknown>;
/** JSON of the shape that a schema of zod, valibot, arktype or any other library with Standard Schema describes. */
export function json<Output>(schema: StandardSchema<Output>): Codec<Output>;
export function json<Output>(schema?: StandardSchema<Output>): Codec<unknown> {
  if (schema === undefined) return textCodec('json', parseJson);
  const standard = schema?.['~standard'];
  checkOption('schema', schema, isFunction(standard?.validate), 'a Standard Schema');
  return textCodec('json', (content) => {
    const result = standard.validate(parseJson(content));
    return isPromiseLike(result) ? result.then(validValue) : validValue(result);
  });
}

function textCodec<T>(name: string, decode: TextCodec<T>['decode']): TextCodec<T> {
  return { name, decode, isText: true };
}

function parseJson(content: Buffer | string): unknown {
  const written = content.toString();
  try {
    // What is not UTF-8 has become U+FFFD, which JSON allows in its strings: only where there is one are the bytes compared.
    if (written.includes('\ufffd') && !Buffer.from(written).equals(content as Buffer)) throw undefined;
    return JSON.parse(written);
  } catch (error) {
    throw new DecodeError(
      'INVALID_JSON',
      `is not JSON${faultPlace(error)} of ${Buffer.byteLength(content)} bytes`,
    );
  }
}

/** JSON.parse quotes its input in the message, which must not reach a log: only the number at its end is taken over. */
function faultPlace(error: unknown): string {
  const [, place] = /at position (\d+)[^"]*$/.exec(String(error)) ?? [];
  return place ? `, from character ${place}` : '';
}

function validValue<Output>(result: SchemaResult<Output>): Output {
  if (result.issues) throw schemaViolation(result.issues);
  return result.value;
}
