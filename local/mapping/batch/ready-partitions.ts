/** Which partitions a batch may take records from, and when their batching window ends. */

import type { MappingState, PartitionState } from '../mapping-state.ts';
import { considerFetch } from '../read/fetching.ts';
import { peek, sizeOf } from '../support/deque.ts';
import { setTimer } from '../support/timer-heap.ts';

/** Records were added to the queue of a partition. */
export function addToReady(
  state: MappingState,
  partition: PartitionState,
  added: { records: number; bytes: number },
): void {
  if (!partition.ready) {
    if (partition.slices.length === 0) makeReady(state, partition);
    return;
  }
  const { poller } = partition;
  poller.readyRecords += added.records;
  poller.readyBytes += added.bytes;
  noteFullQueue(state, partition);
  state.touched.add(poller);
}

/** A batch has taken records: no later one is sent before they are resolved. */
export function lockPartition(state: MappingState, partition: PartitionState): void {
  if (partition.ready) removeFromReady(partition);
  state.touched.add(partition.poller);
}

/** All work of the partition is resolved. */
export function unlockPartition(state: MappingState, partition: PartitionState): void {
  partition.lastDoneAt = state.now;
  state.blocked.delete(partition);
  if (!partition.ready && sizeOf(partition.queue) > 0) makeReady(state, partition);
  considerFetch(state, partition);
}

export function removeFromReady(partition: PartitionState): void {
  const { poller } = partition;
  if (!partition.ready) return;
  partition.ready = false;
  poller.ready.delete(partition);
  poller.closable.delete(partition);
  poller.readyRecords -= sizeOf(partition.queue);
  poller.readyBytes -= partition.queueBytes + partition.overhead;
}

/** Also used when a partition moves to another poller. */
export function makeReady(state: MappingState, partition: PartitionState): void {
  const { poller } = partition;
  partition.ready = true;
  poller.ready.add(partition);
  poller.readyRecords += sizeOf(partition.queue);
  poller.readyBytes += partition.queueBytes + partition.overhead;
  partition.windowEndsAt = windowStart(state, partition) + state.settings.config.batchingWindow;
  noteFullQueue(state, partition);
  setWindowTimer(state, partition);
  state.touched.add(poller);
}

/** The window timer of a partition went off. */
export function endWindow(state: MappingState, partition: PartitionState, at: number): void {
  if (partition.windowTimerAt !== at) return;
  partition.windowTimerAt = Number.POSITIVE_INFINITY;
  if (partition.ready) setWindowTimer(state, partition);
}

/** One timer a partition: a later end is looked at when the earlier one has come. R36, documented: 0 is at once. */
function setWindowTimer(state: MappingState, partition: PartitionState): void {
  const at = partition.windowEndsAt;
  if (at <= state.now) {
    partition.poller.closable.add(partition);
    state.touched.add(partition.poller);
  } else if (at < partition.windowTimerAt) {
    partition.windowTimerAt = at;
    setTimer(state.timers, at, { kind: 'window', partition, at });
  }
}

/** R35: the guide tells three stories of when a window starts; the knob chooses. */
function windowStart(state: MappingState, partition: PartitionState): number {
  const first = peek(partition.queue)?.bufferedAt ?? state.now;
  const { batchingWindow } = state.settings.config;
  switch (state.settings.knobs.windowStart) {
    case 'first-record':
      return first;
    case 'previous-done': {
      // R37, assumed: windows follow one another, and one without a record makes no invocation.
      const since = Math.max(0, first - partition.lastDoneAt);
      const windows = batchingWindow === 0 ? 0 : Math.floor(since / batchingWindow);
      return partition.lastDoneAt + windows * batchingWindow;
    }
    case 'later-of-both':
      return Math.max(first, partition.lastDoneAt);
  }
}

/** What need not wait for the window: a full batch of this partition alone, or a record that is only given up. */
function noteFullQueue(state: MappingState, partition: PartitionState): void {
  const { config, limits, envelope } = state.settings;
  const bytes = envelope.bytes + partition.overhead + partition.queueBytes;
  if (
    sizeOf(partition.queue) >= config.batchSize ||
    bytes > limits.payloadBytes ||
    peek(partition.queue)?.condition !== undefined
  ) {
    partition.poller.closable.add(partition);
  }
}
