import type { Codec } from '../../decode/codec.ts';
import { DecodeError } from '../../errors/decode-error.ts';
import { LanewiseError } from '../../errors/lanewise-error.ts';
import type { Framed, Framing } from '../framing/framing.ts';
import type { RegisteredSchema, SchemaReference } from '../registry/schema-registry.ts';
import { type DecodeBody, type RegistryOptions, registryCodec } from '../registry-codec.ts';
import { findMessage } from './find-message.ts';
import type { LongPolicy } from './long-reader.ts';
import { readMessageIndex } from './message-index.ts';
import { messageReader, type ReadMessage } from './message-reader.ts';
import { type ProtoFile, parseProtoFile } from './proto-file.ts';

export interface ProtobufReading {
  /** What a 64-bit number becomes. One beyond 2^53 cannot be a number: then the record is MALFORMED_PROTOBUF. @default 'bigint' */
  readonly longs?: LongPolicy;
  /** Files that schemas import and registries do not hand out, by the path of their import. Google's well-known types need none. */
  readonly imports?: readonly SchemaReference[];
}

/** A schema of the consumer's own; records of newer and older versions are read with it, as Protobuf does. */
export interface OwnProtobufOptions extends ProtobufReading {
  /** The text of a `.proto` file. */
  readonly schema: string;
  /** The full name of the message that every record is: `shop.OrderPlaced`. */
  readonly message: string;
  /** Taken off where records have one; their message index is then passed over. @default none: a record is the message and nothing else */
  readonly framing?: Framing;
}

/** The schema that each record names. */
export interface FramedProtobufOptions extends ProtobufReading, RegistryOptions {
  /** The full name of the message that every record is. @default the one that the record's message index says */
  readonly message?: string;
}

/**
 * Protocol Buffers, decoded by protobufjs. `T` is what the schema says; nothing checks it against that: `validated` does.
 *
 * @throws LanewiseError INVALID_OPTION when `schema` cannot be used or has no such message.
 */
export function protobuf<T = unknown>(options: OwnProtobufOptions | FramedProtobufOptions): Codec<T> {
  if ('schema' in options) return ownSchemaCodec<T>(options);
  const { imports = [], longs = 'bigint', message } = options;
  return registryCodec<T>(options, {
    name: 'protobuf',
    format: 'PROTOBUF',
    compile: (schema) => {
      const file = parseProtoFile(withImports(schema, imports));
      return message === undefined ? byIndex<T>(file, longs) : byName<T>(file, message, longs);
    },
  });
}

function ownSchemaCodec<T>(options: OwnProtobufOptions): Codec<T> {
  const { schema, message, framing, imports = [], longs = 'bigint' } = options;
  const file = asOption(() => parseProtoFile({ text: schema, references: imports }));
  const read = asOption(() => messageReader(file, file.root.lookupType(message), longs));
  if (framing === undefined) return { name: 'protobuf', decode: (bytes) => read(bytes, 0) as T };
  return {
    name: `${framing.name} protobuf`,
    decode: (bytes, raw, field) => {
      const { body, messageIndex } = framing.unframe(bytes, raw, field);
      return read(body, readMessageIndex(body, messageIndex).end) as T;
    },
  };
}

function byName<T>(file: ProtoFile, message: string, longs: LongPolicy): DecodeBody<T> {
  const read = messageReader(file, file.root.lookupType(message), longs);
  return ({ body, messageIndex }) => read(body, readMessageIndex(body, messageIndex).end) as T;
}

/** The readers of a file's messages, made when a record of theirs is met; there are no more than the file has messages. */
function byIndex<T>(file: ProtoFile, longs: LongPolicy): DecodeBody<T> {
  const readers = new Map<number | string | undefined, ReadMessage>();
  const readerOf = ({ messageIndex }: Framed, path: readonly number[]): ReadMessage => {
    const key = path.length === 1 ? path[0] : path.join('.');
    const known = readers.get(key);
    if (known !== undefined) return known;
    const made = messageReader(file, messageAt(file, path, messageIndex), longs);
    readers.set(key, made);
    return made;
  };
  return (framed) => {
    const { path, end } = readMessageIndex(framed.body, framed.messageIndex);
    return readerOf(framed, path)(framed.body, end) as T;
  };
}

function messageAt(file: ProtoFile, path: readonly number[], style: Framed['messageIndex']) {
  try {
    return findMessage(file, path, style);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new DecodeError('SCHEMA_UNUSABLE', `has a message index that does not fit its schema: ${why}`);
  }
}

function withImports(schema: RegisteredSchema, imports: readonly SchemaReference[]): RegisteredSchema {
  return { ...schema, references: [...imports, ...schema.references] };
}

function asOption<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LanewiseError('INVALID_OPTION', `schema and message cannot be used as Protobuf: ${why}`);
  }
}
