/**
 * Which work of a partition goes first. Each partition holds its unresolved work in order; a work starts when it is
 * the first in every partition it touches, and what follows from it takes its place. While there is any, the partition
 * is locked: no later record of it is sent (R42, R86f, assumed from the ordering promise).
 */

import { lockPartition, unlockPartition } from '../batch/ready-partitions.ts';
import { offerCommit, settle } from '../commit/watermark.ts';
import type { MappingState, PartitionState } from '../mapping-state.ts';
import { push } from '../support/deque.ts';
import { type BufferedRecord, liveSlices, type Slice, type Work } from './work.ts';

export type WorkDraft = Omit<Work, 'number' | 'slices' | 'phase' | 'setbacks'> & {
  readonly setbacks?: number;
  readonly slices: readonly SliceDraft[];
};

export interface SliceDraft {
  readonly partition: PartitionState;
  readonly records: readonly BufferedRecord[];
}

/** Appends new work behind all other work of its partitions. */
export function openWork(state: MappingState, draft: WorkDraft): Work {
  const work = createWork(state, draft);
  for (const slice of work.slices) {
    lockPartition(state, slice.partition);
    slice.partition.slices.push(slice);
  }
  return work;
}

/** Puts what follows from a work in its place; with nothing following, the work is resolved. */
export function replaceWork(state: MappingState, work: Work, drafts: readonly WorkDraft[]): void {
  const touched = liveSlices(work);
  work.phase = 'done';
  const successors = slicesByPartition(drafts.map((draft) => createWork(state, draft)));
  for (const slice of touched) {
    const own = successors.get(slice.partition) ?? [];
    slice.partition.slices = slice.partition.slices.flatMap((other) => (other === slice ? own : [other]));
  }
  for (const slice of touched) advance(state, slice.partition);
}

/** Starts the first work of a partition, or gives the partition free. */
export function advance(state: MappingState, partition: PartitionState): void {
  if (partition.lost) return;
  offerCommit(state, partition);
  const first = partition.slices[0];
  if (first === undefined) unlockPartition(state, partition);
  else startIfFirst(state, first.work);
  settle(state, partition);
}

/** Starting is left to the end of the input: a work may be resolved by its start, and others follow from that. */
export function startIfFirst(state: MappingState, work: Work): void {
  if (work.phase !== 'pending') return;
  const first = work.slices.every(({ partition }) => partition.lost || partition.slices[0]?.work === work);
  if (first) push(state.startable, work);
}

function createWork(state: MappingState, draft: WorkDraft): Work {
  const work: Work = { setbacks: 0, ...draft, number: state.nextNumber++, slices: [], phase: 'pending' };
  work.slices = draft.slices.map(({ partition, records }): Slice => ({ partition, records, work }));
  return work;
}

function slicesByPartition(works: readonly Work[]): ReadonlyMap<PartitionState, readonly Slice[]> {
  const slices = new Map<PartitionState, Slice[]>();
  for (const slice of works.flatMap((work) => work.slices)) {
    const own = slices.get(slice.partition);
    if (own === undefined) slices.set(slice.partition, [slice]);
    else own.push(slice);
  }
  return slices;
}
