/**
 * The event source mapping, deterministic: state and an input in, commands and notices out. It never waits, has no
 * clock and no chance of its own, so that the same code runs in real time and under simulation.
 */

import { endCommit, pumpCommit } from './commit/commit-offsets.ts';
import { beginLifecycle, changeLifecycle, endLifecycle } from './lifecycle/apply-lifecycle.ts';
import type { MappingInput } from './mapping-input.ts';
import type { MappingOutput } from './mapping-output.ts';
import type { MappingState } from './mapping-state.ts';
import { assignPartitions, revokePartitions } from './read/assign-partitions.ts';
import { failFetch, reportTrouble, resetPosition } from './read/fetch-trouble.ts';
import { pumpFetches } from './read/fetching.ts';
import { receiveFetched } from './read/receive-records.ts';
import { runTimers } from './support/run-timers.ts';
import { earliest } from './support/timer-heap.ts';
import { endDelivery } from './work/discard.ts';
import { endInvocation } from './work/end-invocation.ts';
import { pumpWork } from './work/start-work.ts';

/** `now` is epoch milliseconds. */
export function applyInput(state: MappingState, input: MappingInput, now: number): MappingOutput {
  setTime(state, now);
  runTimers(state);
  handle(state, input);
  pumpWork(state);
  pumpFetches(state);
  pumpCommit(state);
  endLifecycle(state);
  wake(state);
  const output = { commands: state.commands, notices: state.notices };
  state.commands = [];
  state.notices = [];
  return output;
}

function handle(state: MappingState, input: MappingInput): void {
  switch (input.kind) {
    case 'assigned':
      assignPartitions(state, input);
      beginLifecycle(state);
      break;
    case 'revoked':
      revokePartitions(state, input.partitions);
      break;
    case 'fetched':
      receiveFetched(state, input);
      break;
    case 'fetch-failed':
      failFetch(state, input);
      break;
    case 'position-found':
      resetPosition(state, input);
      break;
    case 'invocation-ended':
      endInvocation(state, input);
      break;
    case 'delivery-ended':
      endDelivery(state, input);
      break;
    case 'commit-ended':
      endCommit(state, input);
      break;
    case 'trouble':
      reportTrouble(state, input.message);
      break;
    case 'tick':
      // A timer may go off a moment before its time: then it has to be set again.
      state.wakeAt = Number.NaN;
      break;
    case 'stop':
    case 'disable':
    case 'enable':
      changeLifecycle(state, input.kind === 'stop' ? 'delete' : input.kind);
  }
}

/** Timers go by a time that never runs backwards: a clock that is set back must not stall the mapping. */
function setTime(state: MappingState, wall: number): void {
  const elapsed = wall - state.wall;
  state.now += Math.max(0, elapsed);
  state.wall = wall;
}

function wake(state: MappingState): void {
  const at = earliest(state.timers);
  if (at === undefined) return;
  const wall = state.wall + (at - state.now);
  if (wall === state.wakeAt) return;
  state.wakeAt = wall;
  state.commands.push({ kind: 'wake', at: wall });
}
