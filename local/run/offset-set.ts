/** A set of offsets, kept as ranges: mostly consecutive offsets cost next to nothing. */
export interface OffsetSet {
  /** `[first, last]`, both included, rising and never touching. */
  readonly ranges: (readonly [first: number, last: number])[];
}

export const emptyOffsetSet = (): OffsetSet => ({ ranges: [] });

export function addOffset(set: OffsetSet, offset: number): void {
  const { ranges } = set;
  const at = firstRangeNotBefore(ranges, offset);
  const right = ranges[at];
  if (right && right[0] <= offset) return;
  const left = ranges[at - 1];
  const joinsLeft = left !== undefined && left[1] === offset - 1;
  const joinsRight = right !== undefined && right[0] === offset + 1;
  const first = joinsLeft ? left[0] : offset;
  const last = joinsRight ? right[1] : offset;
  ranges.splice(joinsLeft ? at - 1 : at, Number(joinsLeft) + Number(joinsRight), [first, last]);
}

/** Removes the offsets from `first` on. */
export function cutOffsets({ ranges }: OffsetSet, first: number): void {
  while ((ranges.at(-1)?.[0] ?? -1) >= first) ranges.pop();
  const last = ranges.pop();
  if (last) ranges.push([last[0], Math.min(last[1], first - 1)]);
}

/** Index of the first range that ends at the offset or after it. */
function firstRangeNotBefore(ranges: OffsetSet['ranges'], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.[1] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The offsets below `end` that are in `all` and not in `some`, rising. */
export function missingOffsets(all: OffsetSet, some: OffsetSet, end: number): readonly number[] {
  const missing: number[] = [];
  for (const [first, last] of all.ranges) {
    const stop = Math.min(last + 1, end);
    let next = first;
    for (let at = firstRangeNotBefore(some.ranges, first); next < stop; at += 1) {
      const [from, to] = some.ranges[at] ?? [stop, stop];
      for (; next < Math.min(from, stop); next += 1) missing.push(next);
      next = Math.max(next, to + 1);
    }
  }
  return missing;
}
