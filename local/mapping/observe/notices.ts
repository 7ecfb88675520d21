/** Tells what happens to batches: positions only, never payloads. */

import type { RecordRange } from '../mapping-output.ts';
import type { MappingState } from '../mapping-state.ts';
import type { Work } from '../work/work.ts';
import type { SliceDraft } from '../work/work-order.ts';

export function rangesOf(slices: readonly SliceDraft[]): readonly RecordRange[] {
  return slices.map(({ partition, records }) => ({
    partition: partition.partition,
    offsets: records.map((record) => record.offset),
  }));
}

export function noticeBatchStarted(state: MappingState, work: Work, thin: boolean): void {
  state.notices.push({
    kind: 'batch-started',
    batch: work.number,
    attempt: work.attempts + 1,
    thin,
    records: rangesOf(work.slices),
  });
}
