/** Does what has become due. */

import { endWindow } from '../batch/ready-partitions.ts';
import { offerCommit } from '../commit/watermark.ts';
import type { MappingState, PartitionState, TimerAction } from '../mapping-state.ts';
import { eachMinute } from '../read/each-minute.ts';
import { considerFetch } from '../read/fetching.ts';
import { endWait } from '../work/start-work.ts';
import { takeDue } from './timer-heap.ts';

export function runTimers(state: MappingState): void {
  for (;;) {
    const action = takeDue(state.timers, state.now);
    if (action === undefined) return;
    run(state, action);
  }
}

function run(state: MappingState, action: TimerAction): void {
  switch (action.kind) {
    case 'window':
      endWindow(state, action.partition, action.at);
      break;
    case 'retry':
      endWait(state, action.work);
      break;
    case 'refetch':
      endPause(state, action.partition);
      break;
    case 'quiet-commit':
      action.partition.quietCommitSet = false;
      offerCommit(state, action.partition);
      break;
    case 'commit':
      state.commitPaused = false;
      break;
    case 'minute':
      eachMinute(state);
      break;
  }
}

function endPause(state: MappingState, partition: PartitionState): void {
  if (partition.lost || partition.fetch !== 'paused') return;
  partition.fetch = 'idle';
  considerFetch(state, partition);
}
