import { baseTypes, type ReadableType, type Resolver, type Tap } from './avsc-internals.ts';
import { readLongAsBigInt, readLongAsNumber } from './read-long.ts';

/** An int that has 32 bits. */
export class ExactInt extends baseTypes.IntType {
  override _read(tap: Tap): number {
    const value = tap.readInt();
    if ((value | 0) !== value) throw new RangeError('an int has more than 32 bits');
    return value;
  }
}

/** A long as a number, as long as a number can tell it exactly. */
export class ExactLong extends baseTypes.LongType {
  override _read(tap: Tap): number {
    return readLongAsNumber(tap);
  }
}

export class BigIntLong extends baseTypes.LongType {
  override _read(tap: Tap): bigint {
    return readLongAsBigInt(tap);
  }

  /** A default is a number in its schema. avsc writes each default once, when it makes a record's type. */
  override _copy(value: unknown, options?: unknown): bigint {
    return typeof value === 'bigint' ? value : BigInt(Number(super._copy(value, options)));
  }

  override _write(tap: Tap, value: unknown): void {
    tap.writeLong(Number(value));
  }

  /** What was an int for the writer is a bigint for the reader as well. */
  override _update(resolver: Resolver, writer: ReadableType): void {
    if (writer.typeName === 'int') resolver._read = (tap) => BigInt(Number(writer._read(tap)));
    if (writer.typeName === 'long') resolver._read = readLongAsBigInt;
  }
}
