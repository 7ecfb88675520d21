/** Starting, disabling, enabling and stopping a mapping. */

import type { MappingState } from '../mapping-state.ts';
import { logEvent } from '../observe/log-event.ts';
import { setMinuteTimer } from '../read/each-minute.ts';
import { isRunning, type LifecycleEvent, nextLifecycle } from './lifecycle.ts';

/** A commit that fails while the mapping stops is tried this often; then its records come again next time (R64). */
const LAST_COMMITS = 3;

/** The group has given the first partitions. */
export function beginLifecycle(state: MappingState): void {
  const starting = state.lifecycle === 'Creating' || state.lifecycle === 'Enabling';
  if (starting) {
    changeLifecycle(state, 'started');
    setMinuteTimer(state);
  }
  logPollerStatus(state);
}

export function changeLifecycle(state: MappingState, event: LifecycleEvent): void {
  const transition = nextLifecycle(state.lifecycle, event);
  if (transition.kind === 'in-use') state.notices.push({ kind: 'problem', message: transition.message });
  if (transition.kind !== 'changed') return;
  state.lifecycle = transition.state;
  state.notices.push({ kind: 'state', state: transition.state });
}

/** Disabling ends when nothing is under way any more. */
export function endLifecycle(state: MappingState): void {
  if (state.lifecycle === 'Disabling' && isQuiet(state)) changeLifecycle(state, 'quiet');
}

/**
 * Whether a mapping that is not to begin anything new has ended what it began: no invocation, no delivery and no commit
 * is under way or to be made. Work in back-off is left: it is not committed, so it comes again.
 */
export function isQuiet(state: MappingState): boolean {
  if (isRunning(state.lifecycle) || state.underWay.size > 0) return false;
  if (state.commitFailures >= LAST_COMMITS) return state.commitInFlight === undefined;
  return state.commitInFlight === undefined && state.toCommit.size === 0;
}

function logPollerStatus(state: MappingState): void {
  const { config, bootstrapServers } = state.settings;
  logEvent(state, 'POLLER_STATUS_EVENT', () => ({
    kafkaEventSourceConnection: {
      brokerEndpoints: bootstrapServers,
      consumerId: `${config.uuid}-0`,
      topics: [config.topic],
      consumerGroupId: config.group,
      totalPartitionCount: state.totalPartitions,
      assignedPartitionCount: state.partitions.size,
      partitionsAssignmentGeneration: state.generation,
      assignedPartitions: [...state.partitions.values()].map(({ key }) => key),
    },
  }));
}
