/** Commits for the group: one at a time, and what resolves meanwhile goes with the next. */

import type { MappingInput } from '../mapping-input.ts';
import type { CommitInFlight, MappingState, PartitionState } from '../mapping-state.ts';
import { setTimer } from '../support/timer-heap.ts';
import { backOffDelay } from '../work/back-off.ts';
import { lowestUnresolved, settle } from './watermark.ts';

/** R58, documented: never before the invocation ends. Called when an input is done with. */
export function pumpCommit(state: MappingState): void {
  if (state.commitInFlight !== undefined || state.commitPaused || state.toCommit.size === 0) return;
  const offsets = new Map<PartitionState, number>();
  for (const partition of state.toCommit) {
    const offset = lowestUnresolved(partition);
    if (offset <= partition.offered) continue;
    partition.offered = offset;
    offsets.set(partition, offset);
  }
  state.toCommit.clear();
  if (offsets.size === 0) return;
  const id = state.nextNumber++;
  state.commitInFlight = { id, offsets };
  state.commands.push({ kind: 'commit', commit: id, offsets: byNumber(offsets) });
}

export function endCommit(state: MappingState, input: MappingInput & { kind: 'commit-ended' }): void {
  const ended = state.commitInFlight;
  if (ended?.id !== input.commit) return;
  state.commitInFlight = undefined;
  if (input.error === undefined) confirmCommit(state, ended);
  else retryCommit(state, ended, input.error);
}

function confirmCommit(state: MappingState, ended: CommitInFlight): void {
  state.commitFailures = 0;
  for (const [partition, offset] of ended.offsets) {
    // Section 12: the sum of the steps, so that gaps count.
    state.metrics.CommittedEventCount += Math.max(0, offset - partition.committed);
    partition.committed = offset;
    partition.counters.committed = offset;
    settle(state, partition);
  }
  state.notices.push({ kind: 'committed', offsets: byNumber(ended.offsets) });
}

/** R64: counted; what was to be committed is offered again, with what has been resolved since. */
function retryCommit(state: MappingState, ended: CommitInFlight, error: string): void {
  state.metrics.CommitErrorCount += 1;
  state.commitFailures += 1;
  for (const partition of ended.offsets.keys()) {
    if (partition.lost) continue;
    partition.offered = partition.committed;
    state.toCommit.add(partition);
  }
  state.lastProcessingResult = `PROBLEM: Commit error. ${error}`;
  state.notices.push({ kind: 'problem', message: `commit failed: ${error}` });
  state.commitPaused = true;
  const delay = backOffDelay(state.settings.knobs.backoff, state.commitFailures, state.settings.random);
  setTimer(state.timers, state.now + delay, { kind: 'commit' });
}

function byNumber(offsets: ReadonlyMap<PartitionState, number>): ReadonlyMap<number, number> {
  return new Map([...offsets].map(([partition, offset]) => [partition.partition, offset]));
}
