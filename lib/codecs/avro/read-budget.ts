import type { Tap } from './avsc-internals.ts';

/** How much of one body has been read; set back before each. */
export interface ReadBudget {
  /** Records inside records that are still open. */
  depth: number;
  /** Array items that took no bytes. */
  emptyItems: number;
}

export const maxDepth = 100;
export const maxEmptyItems = 65_536;

/** A bound was met, rather than that the bytes are no Avro. */
export class AvroLimitError extends RangeError {}

/** How many items the next block has; 0 at the end. A negative count comes with the block's length, which is not needed. */
export function readBlockCount(tap: Tap): number {
  const count = tap.readLong();
  if (!Number.isSafeInteger(count)) throw new RangeError('a block has no such count');
  if (count >= 0) return count;
  tap.readLong();
  return -count;
}

/** After each item: what is read must use up bytes, so that a few of them cannot ask for a billion items. */
export function afterItem(tap: Tap, start: number, budget: ReadBudget): void {
  // Not `>`: a broken length makes the position NaN.
  if (!(tap.pos <= tap.buf.length)) throw new RangeError('a block ends beyond the end');
  if (tap.pos === start && ++budget.emptyItems > maxEmptyItems) {
    throw new AvroLimitError(`has more than ${maxEmptyItems} array items without content`);
  }
}

export function skipBlocks(tap: Tap, budget: ReadBudget, skipItem: () => void): void {
  for (let count = tap.readLong(); count !== 0; count = tap.readLong()) {
    if (count < 0) skipBytes(tap, tap.readLong());
    for (; count > 0; count--) {
      const start = tap.pos;
      skipItem();
      afterItem(tap, start, budget);
    }
    if (!(tap.pos <= tap.buf.length)) throw new RangeError('a block ends beyond the end');
  }
}

function skipBytes(tap: Tap, length: number): void {
  if (!(length >= 0)) throw new RangeError('a block has a negative length');
  tap.pos += length;
}
