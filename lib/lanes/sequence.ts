import { byKey } from './by-key.ts';
import type { Lane } from './lane.ts';

/**
 * `partition`: each lane in order, and it stops at its first failure. `key`: the same for the records of one key of a lane.
 * `none`: every record for itself.
 */
export type Ordering = 'partition' | 'key' | 'none';

/** Records of a lane with one cursor over them. In `partition` and `key` one worker walks it; in `none` all of them do. */
export interface Sequence {
  readonly lane: Lane;
  /** Places in the lane; `undefined` is the whole lane. */
  readonly indexes: readonly number[] | undefined;
  next: number;
  stopped: boolean;
}

export function sequencesOf(lanes: readonly Lane[], ordering: Ordering): readonly Sequence[] {
  return lanes.flatMap((lane) => {
    const parts = ordering === 'key' ? byKey(lane.records) : [undefined];
    return parts.map((indexes) => ({ lane, indexes, next: 0, stopped: false }));
  });
}

export function hasNext(from: Sequence): boolean {
  return !from.stopped && from.next < (from.indexes ?? from.lane.records).length;
}

/** Moves the cursor and returns the place of the record in the lane. Only after `hasNext`. */
export function takeIndex(from: Sequence): number {
  const position = from.next++;
  return from.indexes?.[position] ?? position;
}
