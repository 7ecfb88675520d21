import { DecodeError } from '../errors/decode-error.ts';
import { errorName } from '../errors/error-name.ts';
import type { KafkaEventRecord, RecordField } from '../event/kafka-event.ts';
import { formatPosition } from '../event/topic-partition.ts';
import { base64Bytes, base64Text, isBase64 } from './base64-bytes.ts';
import { type Codec, type TextCodec, text } from './codec.ts';
import { ConsumerRecord } from './consumer-record.ts';
import { isPromiseLike } from './promise-like.ts';

export interface Codecs<Value, Key> {
  readonly value: Codec<Value>;
  readonly key: Codec<Key>;
}

/**
 * Decodes key and value, once; a key that is text when it is asked for, as most handlers do not ask. A promise only when a codec gives one. Throws, or rejects with, a DecodeError.
 *
 * The value is decoded after the key, so that no rejection is left without anybody waiting for it.
 */
export function decodeRecord<Value, Key>(
  raw: KafkaEventRecord,
  codecs: Codecs<Value, Key>,
): ConsumerRecord<Value, Key> | PromiseLike<ConsumerRecord<Value, Key>> {
  const isText = (codecs.key as unknown) === text && isBase64(raw.key);
  const key = isText ? text : decodeField(raw, 'key', codecs.key);
  return isPromiseLike(key)
    ? key.then((decoded) => decodeValue(raw, codecs, decoded))
    : decodeValue(raw, codecs, key);
}

function decodeValue<Value, Key>(
  raw: KafkaEventRecord,
  codecs: Codecs<Value, Key>,
  key: Key | null | typeof text,
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
    // What is text takes bytes only where the text does not tell all of them.
    const content = ((codec as Partial<TextCodec<T>>).isText && base64Text(encoded)) ?? base64Bytes(encoded);
    const decoded = codec.decode(content as Buffer, raw, field);
    return isPromiseLike(decoded)
      ? decoded.then(undefined, (error: unknown) => {
          throw located(error, raw, field, codec);
        })
      : decoded;
  } catch (error) {
    throw located(error, raw, field, codec);
  }
}

/** Says which field of which record it was. The message of a foreign error may quote the payload and is not passed on. */
function located(error: unknown, raw: KafkaEventRecord, field: RecordField, codec: Codec<unknown>): unknown {
  if (error instanceof Error && (error as { readonly permanent?: unknown }).permanent === false) return error;
  const place = `at ${formatPosition(raw)}`;
  if (error instanceof DecodeError) return new DecodeError(error.code, `${field} ${error.message} ${place}`);
  return new DecodeError(
    'CODEC_FAILED',
    `${field} made the codec '${codec.name}' throw ${errorName(error)} ${place}`,
  );
}
