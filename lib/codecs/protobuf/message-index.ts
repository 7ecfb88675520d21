import { DecodeError } from '../../errors/decode-error.ts';
import type { MessageIndexStyle } from '../framing/framing.ts';

export interface MessageIndex {
  /** Confluent: the way down through the file's messages; Glue: one number. */
  readonly path: readonly number[];
  /** Where the message itself begins. */
  readonly end: number;
}

/** Messages inside messages: no schema nests them deeper. */
const maxNesting = 32;

const firstMessage: MessageIndex = { path: [0], end: 1 };

/** Reads what stands between the schema's id and the message. */
export function readMessageIndex(body: Buffer, style: MessageIndexStyle): MessageIndex {
  // Both serializers write the file's first message so: Confluent as a shortcut, Glue as its number.
  if (body[0] === 0) return firstMessage;
  switch (style) {
    case 'glue': {
      const { value, end } = readVarint(body, 0);
      return { path: [value], end };
    }
    case 'confluent':
      return readConfluentIndexes(body);
  }
}

/** A count and as many indexes, zigzag varints as Kafka writes them. */
function readConfluentIndexes(body: Buffer): MessageIndex {
  const count = readZigZag(body, 0);
  if (count.value < 1 || count.value > maxNesting) {
    throw malformed(`names a message ${count.value} levels deep, expected 1 to ${maxNesting}`);
  }
  const path: number[] = [];
  let { end } = count;
  while (path.length < count.value) {
    const index = readZigZag(body, end);
    if (index.value < 0) throw malformed('has a negative message index');
    path.push(index.value);
    end = index.end;
  }
  return { path, end };
}

interface Varint {
  readonly value: number;
  readonly end: number;
}

function readZigZag(body: Buffer, start: number): Varint {
  const { value, end } = readVarint(body, start);
  return { value: (value >>> 1) ^ -(value & 1), end };
}

/** At most 32 bits. */
function readVarint(body: Buffer, start: number): Varint {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = body[start + index];
    if (byte === undefined) throw malformed('ends inside its message index');
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { value: value >>> 0, end: start + index + 1 };
  }
  throw malformed('has a message index of more than 32 bits');
}

function malformed(what: string): DecodeError {
  return new DecodeError('MALFORMED_FRAME', what);
}
