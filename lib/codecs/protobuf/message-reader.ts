import protobuf, { type Type } from 'protobufjs';
import { DecodeError } from '../../errors/decode-error.ts';
import { nameOf } from './find-message.ts';
import { type LongPolicy, longReaders } from './long-reader.ts';
import { preparePlainMessages } from './plain-messages.ts';
import type { ProtoFile } from './proto-file.ts';

/** Reads a message that begins at `start` and ends with the body. */
export type ReadMessage = (body: Buffer, start: number) => unknown;

/** Made once for each message of a schema: protobufjs generates its code then. */
export function messageReader(file: ProtoFile, type: Type, longs: LongPolicy): ReadMessage {
  preparePlainMessages(type, longs, file.plain);
  const Reader = longReaders[longs];
  const name = nameOf(type);
  return (body, start) => {
    const reader = new Reader(body);
    reader.pos = start;
    try {
      return type.decode(reader);
    } catch (error) {
      throw refusal(error, name, body.length - start);
    }
  };
}

/** The library's messages tell positions and names of fields, and no content. */
function refusal(error: unknown, name: string, length: number): DecodeError {
  const reason = error instanceof Error ? error.message : 'unknown';
  if (reason === 'max depth exceeded') {
    return new DecodeError(
      'LIMIT_EXCEEDED',
      `has messages more than ${protobuf.util.recursionLimit} deep in a ${name}`,
    );
  }
  return new DecodeError('MALFORMED_PROTOBUF', `is not a ${name} in Protobuf: ${length} bytes, ${reason}`);
}
