import { InvalidArgumentError } from 'commander';

/** Seeds from the first to the last, both included. */
export interface SeedRange {
  readonly from: number;
  readonly to: number;
}

/** More would run for months, and is a slip of the finger. */
const MAXIMUM_SEED = 2 ** 31 - 1;

/** Parses `1..10000`. */
export function seedRange(text: string): SeedRange {
  const [, first, last] = /^(\d{1,10})\.\.(\d{1,10})$/.exec(text.trim()) ?? [];
  const range = { from: Number(first ?? Number.NaN), to: Number(last ?? Number.NaN) };
  if (!(range.from <= range.to && range.to <= MAXIMUM_SEED)) {
    throw new InvalidArgumentError(
      `it must be two whole numbers with .. between them, the first not above the second, up to ${MAXIMUM_SEED}, such as 1..1000, got '${text}'`,
    );
  }
  return range;
}

/** Parses one seed. */
export function seedNumber(text: string): number {
  const seed = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(seed <= MAXIMUM_SEED)) {
    throw new InvalidArgumentError(`it must be a whole number from 0 to ${MAXIMUM_SEED}, got '${text}'`);
  }
  return seed;
}
