import type { Tap } from './avsc-internals.ts';

/** Halves of a zigzag varint, without its sign bit: `low` has 27 bits, `middle` 28, `high` what remains of 64. */
interface Halves {
  negative: boolean;
  low: number;
  middle: number;
  high: number;
}

// One for all: nothing here waits, and a record may have a thousand longs.
const halves: Halves = { negative: false, low: 0, middle: 0, high: 0 };

/** Below it, avsc's own reading is exact and faster. */
const exactForAvsc = 2 ** 52;
const maxBytes = 10;

/**
 * The next long, when it is small enough for avsc to read it exactly; else `undefined`, with nothing read. avsc keeps sign and number in
 * one double, so that it takes -(2^52 + 1) for 2^52.
 */
function readSmallLong(tap: Tap): number | undefined {
  const start = tap.pos;
  const value = tap.readLong();
  if (value < exactForAvsc && value > -exactForAvsc && tap.pos - start <= maxBytes) return value;
  tap.pos = start;
  return undefined;
}

export function readLongAsNumber(tap: Tap): number {
  const small = readSmallLong(tap);
  if (small !== undefined) return small;
  readHalves(tap);
  const magnitude = halves.middle * 2 ** 27 + halves.low;
  const value = halves.negative ? -magnitude - 1 : magnitude;
  if (halves.high !== 0 || !Number.isSafeInteger(value)) {
    throw new RangeError("a long is beyond 2^53, which needs longs: 'bigint'");
  }
  return value;
}

export function readLongAsBigInt(tap: Tap): bigint {
  const small = readSmallLong(tap);
  if (small !== undefined) return BigInt(small);
  readHalves(tap);
  const { negative, low, middle, high } = halves;
  const magnitude = BigInt(low) + (BigInt(middle) << 27n) + (BigInt(high) << 55n);
  return negative ? -magnitude - 1n : magnitude;
}

function readHalves(tap: Tap): void {
  const low = readBits(tap, 4);
  const middle = last >= 0x80 ? readBits(tap, 4) : 0;
  const high = last >= 0x80 ? readBits(tap, 2) : 0;
  // 8 bits are left for the last two bytes, where 14 fit.
  if (last >= 0x80 || high > 0xff) throw new RangeError('a long has more than 64 bits');
  halves.negative = (low & 1) === 1;
  halves.low = low >>> 1;
  halves.middle = middle;
  halves.high = high;
}

let last = 0;

/** Seven bits of each byte, up to the last byte of the number or `count` of them. */
function readBits(tap: Tap, count: number): number {
  let bits = 0;
  for (let index = 0; index < count; index++) {
    last = tap.buf[tap.pos++] ?? 0;
    bits |= (last & 0x7f) << (7 * index);
    if (last < 0x80) break;
  }
  return bits;
}
