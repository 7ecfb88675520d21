/** Fetches that fail: tried again after a pause, from a new position when the old one is gone. */

import { lowestUnresolved, settle } from '../commit/watermark.ts';
import type { FetchFailed, MappingInput } from '../mapping-input.ts';
import type { MappingState, PartitionState } from '../mapping-state.ts';
import { logEvent } from '../observe/log-event.ts';
import { problemText } from '../observe/problem-text.ts';
import { beginFetch, considerFetch, fetchingPartition, pauseFetch, releaseReservation } from './fetching.ts';
import { resetQuery } from './starting-position.ts';

export function failFetch(state: MappingState, input: FetchFailed): void {
  const partition = fetchingPartition(state, input.partition, input.fetch);
  if (partition === undefined) return;
  releaseReservation(state, partition);
  state.metrics.PollingErrorCount += 1;
  if (input.outOfRange) {
    askForPosition(state, partition);
    return;
  }
  reportTrouble(state, `fetch from ${partition.key}@${partition.position} failed: ${input.message}`);
  pauseFetch(state, partition);
}

export function reportTrouble(state: MappingState, message: string): void {
  state.lastProcessingResult = problemText(message);
  state.notices.push({ kind: 'problem', message });
  // R153, documented; its codes are not, so this one is ours.
  const error = { errorMessage: problemText(message), errorCode: 'EVENT_SOURCE_CONNECTION_ERROR' };
  logEvent(state, 'ESM_PROCESSING_EVENT', () => ({ error }));
}

function askForPosition(state: MappingState, partition: PartitionState): void {
  const { config, knobs } = state.settings;
  const at = resetQuery(knobs.outOfRangeReset, config.startingPosition);
  const where = typeof at === 'string' ? at : `timestamp ${at.timestamp}`;
  const message = `offset out of range at ${partition.key}@${partition.position}; reading goes on from the ${where} (R56)`;
  state.notices.push({ kind: 'problem', message });
  const fetch = beginFetch(state, partition);
  state.commands.push({ kind: 'find-position', partition: partition.partition, fetch, at });
}

/** The records in between are gone from the topic, or the topic was made anew with lower offsets. */
export function resetPosition(state: MappingState, input: MappingInput & { kind: 'position-found' }): void {
  const partition = fetchingPartition(state, input.partition, input.fetch);
  if (partition === undefined) return;
  partition.fetch = 'idle';
  partition.position = input.offset;
  partition.seen = input.offset;
  partition.endOffset = -1;
  if (partition.offered > lowestUnresolved(partition)) {
    partition.offered = input.offset;
    partition.committed = input.offset;
  }
  considerFetch(state, partition);
  settle(state, partition);
}
