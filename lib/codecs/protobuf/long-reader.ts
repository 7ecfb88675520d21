import { BufferReader } from 'protobufjs';

export type LongPolicy = 'bigint' | 'number';

/**
 * protobufjs makes an object of every 64-bit number. These readers make a bigint, or a number as long as that is exact.
 */
export const longReaders: Readonly<Record<LongPolicy, new (body: Buffer) => BufferReader>> = {
  bigint: readerOf((low, high, signed) => {
    if (high === 0) return BigInt(low);
    return (BigInt(signed ? high | 0 : high) << 32n) | BigInt(low);
  }),
  number: readerOf((low, high, signed) => {
    const value = (signed ? high | 0 : high) * 2 ** 32 + low;
    if (!Number.isSafeInteger(value))
      throw new RangeError("a 64-bit number is beyond 2^53, which needs longs: 'bigint'");
    return value;
  }),
};

/** `low` and `high` are the halves as unsigned numbers. */
type MakeLong = (low: number, high: number, signed: boolean) => bigint | number;

/** What the library expects of its own reader; what is returned instead it hands through as it is. */
type Long = ReturnType<BufferReader['int64']>;

function readerOf(make: MakeLong): new (body: Buffer) => BufferReader {
  const asIs = (value: unknown) => value as Long;
  return class LongReader extends BufferReader {
    override int64(): Long {
      const { low, high } = readVarint64(this);
      return asIs(make(low, high, true));
    }

    override uint64(): Long {
      const { low, high } = readVarint64(this);
      return asIs(make(low, high, false));
    }

    override sint64(): Long {
      const { low, high } = readVarint64(this);
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

const halves = { low: 0, high: 0 };

/** Up to ten bytes of seven bits. One object for all: nothing here waits. */
function readVarint64(reader: BufferReader): Readonly<typeof halves> {
  let low = 0;
  let high = 0;
  const { buf } = reader;
  for (let index = 0; index < 10; index++) {
    if (reader.pos >= reader.len) throw new RangeError('a number ends beyond the end');
    const byte = buf[reader.pos++] ?? 0;
    const bits = byte & 0x7f;
    if (index < 4) low |= bits << (7 * index);
    else if (index === 4) {
      low |= bits << 28;
      high = bits >>> 4;
    } else high |= bits << (7 * index - 32);
    if (byte < 0x80) {
      halves.low = low >>> 0;
      halves.high = high >>> 0;
      return halves;
    }
  }
  throw new RangeError('a number has more than 64 bits');
}
