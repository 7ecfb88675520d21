/**
 * The event source mapping, deterministic: state and an input in, commands and notices out. It never waits, has no
 * clock and no chance of its own, so that the same code runs in real time and under simulation.
 */

import { beginLifecycle, changeLifecycle, endLifecycle } from './apply-lifecycle.ts';
import { assignPartitions, revokePartitions } from './assign-partitions.ts';
import { endCommit, pumpCommit } from './commit-offsets.ts';
import { endDelivery } from './discard.ts';
import { endInvocation } from './end-invocation.ts';
import { failFetch, reportTrouble, resetPosition } from './fetch-trouble.ts';
import { pumpFetches } from './fetching.ts';
import type { MappingInput } from './mapping-input.ts';
import type { MappingOutput } from './mapping-output.ts';
import type { MappingState } from './mapping-state.ts';
import { receiveFetched } from './receive-records.ts';
import { runTimers } from './run-timers.ts';
import { pumpWork } from './start-work.ts';
import { earliest } from './timer-heap.ts';

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
      beginLifecycle(state);
      assignPartitions(state, input.partitions);
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
