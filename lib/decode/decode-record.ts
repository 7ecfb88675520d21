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
): ConsumerRecord<Value, Key> | PromiseLike<ConsumerRecord<Value, Key>> {
  const key = decodeField(raw, 'key', codecs.key);
  return isPromiseLike(key)
    ? key.then((decoded) => decodeValue(raw, codecs, decoded))
    : decodeValue(raw, codecs, key);
}

function decodeValue<Value, Key>(
  raw: KafkaEventRecord,
  codecs: Codecs<Value, Key>,
  key: Key | null,
): ConsumerRecord<Value, Key> | PromiseLike<ConsumerRecord<Value, Key>> {
  const value = decodeField(raw, 'value', codecs.value);
  return isPromiseLike(value)
    ? value.then((decoded) => new ConsumerRecord<Value, Key>(raw, key, decoded))
    : new ConsumerRecord<Value, Key>(raw, key, value);
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
    return Promise.resolve(decoded).catch((error: unknown) => {
      throw located(error, raw, field, codec);
    });
  } catch (error) {
    throw located(error, raw, field, codec);
  }
}

/** Says which field of which record it was. The message of a foreign error may quote the payload and is not passed on. */
function located(error: unknown, raw: KafkaEventRecord, field: RecordField, codec: Codec<unknown>): unknown {
  if ((error as { readonly permanent?: unknown } | null | undefined)?.permanent === false) return error;
  const place = `at ${formatPosition(raw)}`;
  if (error instanceof DecodeError) return new DecodeError(error.code, `${field} ${error.message} ${place}`);
  return new DecodeError(
    'CODEC_FAILED',
    `${field} made the codec '${codec.name}' throw ${errorName(error)} ${place}`,
  );
}
