import { BufferReader } from 'protobufjs';

export type LongPolicy = 'bigint' | 'number';

/** `low` and `high` are the halves as unsigned numbers. */
type MakeLong = (low: number, high: number, signed: boolean) => bigint | number;

// A number's two halves and itself in the same eight bytes: one bigint is made, and none to compute it.
const signedLong = new BigInt64Array(1);
const unsignedLong = new BigUint64Array(signedLong.buffer);
const words = new Uint32Array(signedLong.buffer);
const [lowWord, highWord] = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? [0, 1] : [1, 0];

/**
 * protobufjs makes an object of every 64-bit number. These readers make a bigint, or a number as long as that is exact.
 */
export const longReaders: Readonly<Record<LongPolicy, new (body: Buffer) => BufferReader>> = {
  bigint: readerOf((low, high, signed) => {
    if (high === 0) return BigInt(low);
    words[lowWord] = low;
    words[highWord] = high;
    return (signed ? signedLong[0] : unsignedLong[0]) ?? 0n;
  }),
  number: readerOf((low, high, signed) => {
    const value = (signed ? high | 0 : high) * 2 ** 32 + low;
    if (!Number.isSafeInteger(value))
      throw new RangeError("a 64-bit number is beyond 2^53, which needs longs: 'bigint'");
    return value;
  }),
};

/** What the library expects of its own reader; what is returned instead it hands through as it is. */
type Long = ReturnType<BufferReader['int64']>;

function readerOf(make: MakeLong): new (body: Buffer) => BufferReader {
  const asIs = (value: unknown) => value as Long;
  return class LongReader extends BufferReader {
    override int64(): Long {
      const low = readVarint64(this);
      return asIs(make(low, high, true));
    }

    override uint64(): Long {
      const low = readVarint64(this);
      return asIs(make(low, high, false));
    }

    override sint64(): Long {
      const low = readVarint64(this);
      const sign = -(low & 1);
      return asIs(make((((low >>> 1) | (high << 31)) ^ sign) >>> 0, ((high >>> 1) ^ sign) >>> 0, true));
    }

    override fixed64(): Long {
      const low = this.fixed32();
      return asIs(make(low, this.fixed32(), false));
    }

    override sfixed64(): Long {
      const low = this.fixed32();
      return asIs(make(low, this.fixed32(), true));
    }
  };
}

/** The upper half of the number that was read last: nothing here waits, so that one is enough. */
let high = 0;

/** Up to ten bytes of seven bits; the lower half. */
function readVarint64(reader: BufferReader): number {
  high = 0;
  const first = nextByte(reader);
  if (first < 0x80) return first;
  let low = first & 0x7f;
  for (let shift = 7; shift < 70; shift += 7) {
    const byte = nextByte(reader);
    const bits = byte & 0x7f;
    if (shift < 32) low |= bits << shift;
    if (shift > 28) high |= bits << (shift - 32);
    else if (shift === 28) high = bits >>> 4;
    if (byte < 0x80) {
      high >>>= 0;
      return low >>> 0;
    }
  }
  throw new RangeError('a number has more than 64 bits');
}

function nextByte(reader: BufferReader): number {
  if (reader.pos >= reader.len) throw new RangeError('a number ends beyond the end');
  return reader.buf[reader.pos++] ?? 0;
}
