/** Cuts a batch in two (R101): left before right, so that order inside a partition stays (R104, assumed). */
import type { Knobs } from '../knobs.ts';

interface Sliced<R> {
  readonly records: readonly R[];
}

/** Two halves, or fewer when there is nothing to cut. */
export function bisect<R, S extends Sliced<R>>(
  slices: readonly S[],
  cut: Knobs['bisectCut'],
): readonly (readonly S[])[] {
  const halves = cut === 'flattened' ? cutFlattened<R, S>(slices) : cutEach<R, S>(slices);
  return halves.filter((half) => half.length > 0);
}

/** R105, assumed: in the middle of the list of all records in event order. */
function cutFlattened<R, S extends Sliced<R>>(slices: readonly S[]): readonly [readonly S[], readonly S[]] {
  let room = Math.ceil(slices.reduce((sum, slice) => sum + slice.records.length, 0) / 2);
  const left: S[] = [];
  const right: S[] = [];
  for (const slice of slices) {
    const taken = Math.min(room, slice.records.length);
    room -= taken;
    if (taken > 0) left.push(part(slice, 0, taken));
    if (taken < slice.records.length) right.push(part(slice, taken, slice.records.length));
  }
  return [left, right];
}

/** The knob's other way: each partition in its middle; a partition of one record goes left, then right, in turn. */
function cutEach<R, S extends Sliced<R>>(slices: readonly S[]): readonly [readonly S[], readonly S[]] {
  if (slices.every((slice) => slice.records.length === 1)) return cutFlattened<R, S>(slices);
  const left: S[] = [];
  const right: S[] = [];
  for (const slice of slices) {
    const middle = Math.ceil(slice.records.length / 2);
    left.push(part(slice, 0, middle));
    if (middle < slice.records.length) right.push(part(slice, middle, slice.records.length));
  }
  return [left, right];
}

function part<R, S extends Sliced<R>>(slice: S, from: number, to: number): S {
  if (from === 0 && to === slice.records.length) return slice;
  return { ...slice, records: slice.records.slice(from, to) };
}
