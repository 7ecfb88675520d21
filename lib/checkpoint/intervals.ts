/** Offsets from the first to the last, both included. */
export type Interval = readonly [first: number, last: number];

/** Rising, and never touching each other: `[[0, 99], [105, 107]]`. */
export type Intervals = readonly Interval[];

/** Whether an offset is in one of the intervals. */
export function includesOffset(intervals: Intervals, offset: number): boolean {
  const found = intervals[lastStartingAtOrBefore(intervals, offset)];
  return found !== undefined && offset <= found[1];
}

function lastStartingAtOrBefore(intervals: Intervals, offset: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = intervals[middle]?.[0] ?? Number.POSITIVE_INFINITY;
    if (start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** All offsets of both. Neighbours become one: `[0, 4]` and `[5, 9]` are `[0, 9]`. */
export function unite(some: Intervals, others: Intervals): Intervals {
  const united: [first: number, last: number][] = [];
  for (const [first, last] of [...some, ...others].sort((one, other) => one[0] - other[0])) {
    const previous = united.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else united.push([first, last]);
  }
  return united;
}

export interface Bound {
  /** How many intervals are kept. */
  readonly limit: number;
  /** Intervals that reach this offset are kept beyond the limit: they are of the batch that may come again at once. */
  readonly keepFrom: number;
}

/** Forgets the oldest: work may be repeated then, and none is lost. To close a gap instead could lose what is in it. */
export function forgetOldest(intervals: Intervals, { limit, keepFrom }: Bound): Intervals {
  const surplus = intervals.length - limit;
  if (surplus <= 0) return intervals;
  const recent = intervals.findIndex(([, last]) => last >= keepFrom);
  return intervals.slice(recent === -1 ? surplus : Math.min(surplus, recent));
}

/** The greatest offset, or -1. */
export function lastOffset(intervals: Intervals): number {
  return intervals.at(-1)?.[1] ?? -1;
}
