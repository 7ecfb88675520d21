import { DecodeError } from '../errors/decode-error.ts';
import { errorName } from '../errors/error-name.ts';
import type { KafkaEventRecord, RecordField } from '../event/kafka-event.ts';
import { formatPosition } from '../event/topic-partition.ts';
import { base64Bytes, base64Text } from './base64-bytes.ts';
import type { Codec, TextCodec } from './codec.ts';
import { ConsumerRecord } from './consumer-record.ts';
import { isPromiseLike } from './promise-like.ts';

export interface Codecs<Value, Key> {
  readonly value: Codec<Value>;
  readonly key: Codec<Key>;
}

/**
 * Decodes key and value, once. A promise only when a codec gives one. Throws, or rejects with, a DecodeError.
 *
 * The value is decoded after the key, so that no rejection is left without anybody waiting for it.
 */
export function decodeRecord<Value, Key>(
  raw: KafkaEventRecord,
  codecs: Codecs<Value, Key>,
): ConsumerRecord<Value, Key> | Promise<ConsumerRecord<Value, Key>> {
  const key = decodeField(raw, 'key', codecs.key);
  if (isPromiseLike(key)) return decodeLater(raw, codecs, key);
  const value = decodeField(raw, 'value', codecs.value);
  return isPromiseLike(value) ? decodeLater(raw, codecs, key, value) : new ConsumerRecord(raw, key, value);
}

/** Apart, and with `bind` below: what a closure uses is allocated at every call of the function around it, also where no promise comes. */
async function decodeLater<Value, Key>(
  raw: KafkaEventRecord,
  codecs: Codecs<Value, Key>,
  key: Key | null | PromiseLike<Key | null>,
  value?: PromiseLike<Value | null>,
): Promise<ConsumerRecord<Value, Key>> {
  return new ConsumerRecord(raw, await key, await (value ?? decodeField(raw, 'value', codecs.value)));
}

function decodeField<T>(
  raw: KafkaEventRecord,
  field: RecordField,
  codec: Codec<T>,
): T | null | PromiseLike<T> {
  const encoded = raw[field];
  if (encoded === null || encoded === undefined) return null;
  try {
    const { isText } = codec as Partial<TextCodec<T>>;
    // What is text takes bytes only where the text does not tell all of them.
    const content = (isText && base64Text(encoded)) ?? base64Bytes(encoded);
    const decoded = codec.decode(content as Buffer, raw, field);
    if (!isPromiseLike(decoded)) return decoded;
    // The `then` of a library's own may return nothing.
    return Promise.resolve(decoded).catch(throwLocated.bind(undefined, raw, field, codec));
  } catch (error) {
    return throwLocated(raw, field, codec, error);
  }
}

/** Says which field of which record it was. The message of a foreign error may quote the payload and is not passed on. */
function throwLocated(
  raw: KafkaEventRecord,
  field: RecordField,
  codec: Codec<unknown>,
  error: unknown,
): never {
  if ((error as { readonly permanent?: unknown } | null | undefined)?.permanent === false) throw error;
  const [code, what] =
    error instanceof DecodeError
      ? ([error.code, error.message] as const)
      : (['CODEC_FAILED', `made the codec '${codec.name}' throw ${errorName(error)}`] as const);
  throw new DecodeError(code, `${field} ${what} at ${formatPosition(raw)}`);
}
