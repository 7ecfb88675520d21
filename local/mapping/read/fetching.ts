/** When to fetch: enough ahead that a batch is ready while another is in flight, and never more than fits the buffer. */

import { isRunning } from '../lifecycle/lifecycle.ts';
import type { MappingState, PartitionState } from '../mapping-state.ts';
import { clear, peek, push, shift, sizeOf } from '../support/deque.ts';
import { setTimer } from '../support/timer-heap.ts';
import { backOffDelay } from '../work/back-off.ts';

/** Kafka's own `max.partition.fetch.bytes`. */
const MAXIMUM_FETCH_BYTES = 1_048_576;
const MINIMUM_FETCH_BYTES = 16_384;

export function considerFetch(state: MappingState, partition: PartitionState): void {
  if (partition.fetch !== 'idle' || partition.lost || !isRunning(state.lifecycle)) return;
  if (hasEnough(state, partition)) return;
  // A fetch at the end waits for records to come and brings few: it need not queue for the buffer.
  if (isAtEnd(partition)) {
    issueFetch(state, partition);
    return;
  }
  partition.fetch = 'queued';
  push(state.fetchQueue, partition);
}

/** Issues queued fetches as far as the buffer has room. Called when an input is done with. */
export function pumpFetches(state: MappingState): void {
  while (sizeOf(state.fetchQueue) > 0 && hasRoom(state)) {
    const partition = shift(state.fetchQueue);
    if (partition === undefined || partition.lost) continue;
    partition.fetch = 'idle';
    if (hasEnough(state, partition) || !isRunning(state.lifecycle)) continue;
    partition.reservedBytes = isAtEnd(partition) ? 0 : fetchBytes(state);
    state.reservedBytes += partition.reservedBytes;
    issueFetch(state, partition);
  }
}

/** The number of the fetch, or of the search for a position, that is under way from now on. */
export function beginFetch(state: MappingState, partition: PartitionState): number {
  partition.fetch = 'fetching';
  partition.fetchNumber = state.nextFetch++;
  return partition.fetchNumber;
}

/** The partition that an answer is for; `undefined` when nobody waits for it any more. */
export function fetchingPartition(
  state: MappingState,
  number: number,
  fetch: number,
): PartitionState | undefined {
  const partition = state.partitions.get(number);
  return partition?.fetch === 'fetching' && partition.fetchNumber === fetch ? partition : undefined;
}

/** An answer has come, or never will: the room kept for it is free again. */
export function releaseReservation(state: MappingState, partition: PartitionState): void {
  state.reservedBytes -= partition.reservedBytes;
  partition.reservedBytes = 0;
}

/** The partition is left alone for the delay of the back-off. */
export function pauseFetch(state: MappingState, partition: PartitionState): void {
  partition.fetchFailures += 1;
  const { knobs, random } = state.settings;
  pauseFetchFor(state, partition, backOffDelay(knobs.backoff, partition.fetchFailures, random));
}

export function pauseFetchFor(state: MappingState, partition: PartitionState, delay: number): void {
  partition.fetch = 'paused';
  setTimer(state.timers, state.now + delay, { kind: 'refetch', partition });
}

/** Throws prefetched records away; they are fetched again when they are wanted, whatever a fetch under way brings. */
function dropQueue(state: MappingState, partition: PartitionState): void {
  const first = peek(partition.queue);
  if (first === undefined) return;
  partition.position = first.offset;
  state.bufferedBytes -= partition.queueBytes;
  partition.queueBytes = 0;
  clear(partition.queue);
  if (partition.fetch !== 'fetching') return;
  partition.fetch = 'idle';
  releaseReservation(state, partition);
}

function issueFetch(state: MappingState, partition: PartitionState): void {
  const fetch = beginFetch(state, partition);
  const { limits } = state.settings;
  state.commands.push({
    kind: 'fetch',
    fetch,
    request: {
      partition: partition.partition,
      offset: partition.position,
      maxRecords: limits.prefetchRecords,
      maxBytes: fetchBytes(state),
      maxWaitMs: limits.fetchWaitMs,
    },
  });
}

function isAtEnd(partition: PartitionState): boolean {
  return partition.endOffset >= 0 && partition.position >= partition.endOffset;
}

/** A partition whose batch is in flight leaves half of the buffer to those that wait for their first record. */
function hasEnough(state: MappingState, partition: PartitionState): boolean {
  const { limits } = state.settings;
  const full =
    sizeOf(partition.queue) >= limits.prefetchRecords || partition.queueBytes >= limits.payloadBytes;
  if (full || state.blocked.has(partition)) return true;
  const locked = partition.slices.length > 0;
  return locked && state.bufferedBytes + state.reservedBytes > limits.bufferBytes / 2;
}

function hasRoom(state: MappingState): boolean {
  const { bufferBytes } = state.settings.limits;
  const wanted = fetchBytes(state);
  for (const partition of state.blocked) {
    if (state.bufferedBytes + state.reservedBytes + wanted <= bufferBytes) break;
    state.blocked.delete(partition);
    dropQueue(state, partition);
  }
  const used = state.bufferedBytes + state.reservedBytes;
  return used === 0 || used + wanted <= bufferBytes;
}

function fetchBytes(state: MappingState): number {
  const share = Math.floor(state.settings.limits.bufferBytes / Math.max(1, state.partitions.size));
  return Math.min(MAXIMUM_FETCH_BYTES, Math.max(MINIMUM_FETCH_BYTES, share));
}
