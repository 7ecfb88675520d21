/**
 * The committed offset of a partition is a watermark: it never passes a record that is not resolved
 * (R62, follows from Kafka's commits; R59, documented: last resolved + 1). So after a crash, what was resolved behind an
 * unresolved record comes again (R63).
 */

import type { MappingState, PartitionState } from '../mapping-state.ts';
import { peek, sizeOf } from '../support/deque.ts';

/**
 * The lowest unresolved offset, or the position when everything read is resolved (then beyond gaps, filtered records
 * and control records too, R60). Unresolved records are in a work or in the queue and nowhere else, each list in
 * order, so the first of each is enough.
 */
export function lowestUnresolved(partition: PartitionState): number {
  let lowest = peek(partition.queue)?.offset ?? partition.position;
  for (const slice of partition.slices) {
    const first = slice.records[0];
    if (first !== undefined && first.offset < lowest) lowest = first.offset;
  }
  return lowest;
}

/** Asks for a commit when there is something new to commit. */
export function offerCommit(state: MappingState, partition: PartitionState): void {
  if (!partition.lost && lowestUnresolved(partition) > partition.offered) state.toCommit.add(partition);
}

/** Keeps the set of partitions that have something left to fetch, process or commit. */
export function settle(state: MappingState, partition: PartitionState): void {
  const settled =
    partition.endOffset >= 0 &&
    partition.position >= partition.endOffset &&
    sizeOf(partition.queue) === 0 &&
    partition.slices.length === 0 &&
    partition.committed === partition.position;
  if (settled || partition.lost) state.unsettled.delete(partition);
  else state.unsettled.add(partition);
}
