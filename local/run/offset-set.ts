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

/** How many offsets below `end` are in `all` and not in `some`. */
export function countMissing(all: OffsetSet, some: OffsetSet, end: number): number {
  return countBelow(all, end) - countCommon(all, some, end);
}

function countBelow(set: OffsetSet, end: number): number {
  return set.ranges.reduce((sum, [first, last]) => sum + Math.max(0, Math.min(last + 1, end) - first), 0);
}

function countCommon(left: OffsetSet, right: OffsetSet, end: number): number {
  let common = 0;
  for (let i = 0, j = 0; i < left.ranges.length && j < right.ranges.length; ) {
    const [leftFirst, leftLast] = left.ranges[i] ?? [0, -1];
    const [rightFirst, rightLast] = right.ranges[j] ?? [0, -1];
    common += Math.max(0, Math.min(leftLast + 1, rightLast + 1, end) - Math.max(leftFirst, rightFirst));
    if (leftLast <= rightLast) i += 1;
    else j += 1;
  }
  return common;
}
