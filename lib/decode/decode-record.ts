import { DecodeError } from '../errors/decode-error.ts';
import type { KafkaEventRecord, RecordField } from '../event/kafka-event.ts';
import { formatPosition } from '../event/topic-partition.ts';
import { base64Bytes } from './base64-bytes.ts';
import type { Codec } from './codec.ts';
import { ConsumerRecord } from './consumer-record.ts';
import { isPromiseLike } from './promise-like.ts';

export interface Codecs<Value, Key> {
  readonly value: Codec<Value>;
  readonly key: Codec<Key>;
}

/** Decodes key and value, once. A promise only when a codec gives one. Throws, or rejects with, a DecodeError. */
export function decodeRecord<Value, Key>(
  raw: KafkaEventRecord,
  codecs: Codecs<Value, Key>,
): ConsumerRecord<Value, Key> | Promise<ConsumerRecord<Value, Key>> {
  const key = decodeField(raw, 'key', codecs.key);
  const value = isPromiseLike(key) ? null : decodeField(raw, 'value', codecs.value);
  if (isPromiseLike(key) || isPromiseLike(value)) return decodeLater(raw, codecs, key, value);
  return new ConsumerRecord<Value, Key>(raw, key, value);
}

/** What is known of a record that could not be decoded, for `park`. */
export function undecodedRecord(raw: KafkaEventRecord): ConsumerRecord {
  return new ConsumerRecord<unknown, unknown>(raw, undefined, undefined);
}

type Pending<T> = T | null | PromiseLike<T | null>;

/** The value is decoded after the key, so that no rejection is left without anybody waiting for it. */
async function decodeLater<Value, Key>(
  raw: KafkaEventRecord,
  codecs: Codecs<Value, Key>,
  pendingKey: Pending<Key>,
  pendingValue: Pending<Value>,
): Promise<ConsumerRecord<Value, Key>> {
  const key = await settled(raw, 'key', codecs.key, pendingKey);
  const value = isPromiseLike(pendingKey) ? decodeField(raw, 'value', codecs.value) : pendingValue;
  return new ConsumerRecord<Value, Key>(raw, key, await settled(raw, 'value', codecs.value, value));
}

function decodeField<T>(raw: KafkaEventRecord, field: RecordField, codec: Codec<T>): T | null | Promise<T> {
  const encoded = raw[field];
  if (encoded === null || encoded === undefined) return null;
  try {
    return codec.decode(base64Bytes(encoded), raw, field);
  } catch (error) {
    throw located(error, raw, field, codec);
  }
}

async function settled<T>(
  raw: KafkaEventRecord,
  field: RecordField,
  codec: Codec<T>,
  pending: Pending<T>,
): Promise<T | null> {
  try {
    return await pending;
  } catch (error) {
    throw located(error, raw, field, codec);
  }
}

/** Says which field of which record it was. The message of a foreign error may quote the payload and is not passed on. */
function located(error: unknown, raw: KafkaEventRecord, field: RecordField, codec: Codec<unknown>): unknown {
  if (error instanceof Error && 'permanent' in error && error.permanent === false) return error;
  const place = `at ${formatPosition(raw)}`;
  if (error instanceof DecodeError) return new DecodeError(error.code, `${field} ${error.message} ${place}`);
  const name = error instanceof Error ? error.name : typeof error;
  return new DecodeError('CODEC_FAILED', `${field} made the codec '${codec.name}' throw ${name} ${place}`);
}
