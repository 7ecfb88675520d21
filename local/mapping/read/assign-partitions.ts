/** Partitions come and go with the group's rebalances, and are dealt to the pollers. */

import { sliceOverhead } from '../batch/event-text.ts';
import { makeReady, removeFromReady } from '../batch/ready-partitions.ts';
import { recordTextPrefix } from '../batch/record-text.ts';
import { settle } from '../commit/watermark.ts';
import type { AssignedPartition, MappingInput } from '../mapping-input.ts';
import type { MappingState, PartitionState, Poller } from '../mapping-state.ts';
import { createPartitionCounters, type PartitionCounters } from '../observe/partition-counters.ts';
import { createDeque } from '../support/deque.ts';
import { startIfFirst } from '../work/work-order.ts';
import { clampPollers } from './clamp-pollers.ts';
import { considerFetch, releaseReservation } from './fetching.ts';

export function assignPartitions(state: MappingState, input: MappingInput & { kind: 'assigned' }): void {
  const fresh = input.partitions.filter(({ partition }) => !state.partitions.has(partition));
  for (const one of fresh) state.partitions.set(one.partition, createPartition(state, one));
  state.totalPartitions = Math.max(state.totalPartitions, input.total ?? 0, state.counters.size);
  if (fresh.length === 0) return;
  state.generation += 1;
  dealPartitions(state);
  state.notices.push({ kind: 'assigned', partitions: fresh.map(({ partition }) => partition) });
  for (const { partition } of fresh) startReading(state, partition);
}

function startReading(state: MappingState, number: number): void {
  const partition = state.partitions.get(number);
  if (partition === undefined) return;
  considerFetch(state, partition);
  settle(state, partition);
}

/**
 * R47: another member has them from now on. What is in flight ends, and its answer changes nothing here: not committed,
 * because it is no longer ours, and not lost, because the other member reads on from the last commit.
 */
export function revokePartitions(state: MappingState, revoked: readonly number[]): void {
  const held = revoked.flatMap((number) => state.partitions.get(number) ?? []);
  if (held.length === 0) return;
  for (const partition of held) forget(state, partition);
  state.generation += 1;
  dealPartitions(state);
  state.notices.push({ kind: 'revoked', partitions: held.map(({ partition }) => partition) });
}

function forget(state: MappingState, partition: PartitionState): void {
  removeFromReady(partition);
  partition.lost = true;
  state.partitions.delete(partition.partition);
  state.toCommit.delete(partition);
  state.blocked.delete(partition);
  state.unsettled.delete(partition);
  state.bufferedBytes -= partition.queueBytes;
  releaseReservation(state, partition);
  const { slices } = partition;
  partition.slices = [];
  // A work of several partitions may have waited for this one alone.
  for (const { work } of slices) startIfFirst(state, work);
}

/** R44, documented: pollers never exceed partitions. Each partition belongs to one poller. */
export function dealPartitions(state: MappingState): void {
  const partitions = [...state.partitions.values()].toSorted((a, b) => a.partition - b.partition);
  const count = clampPollers(state.pollersWanted, state.settings.config.provisioned, partitions.length);
  state.pollers = Array.from({ length: count }, (_, index) => state.pollers[index] ?? createPoller(index));
  for (const [index, partition] of partitions.entries()) {
    const poller = state.pollers[index % count];
    if (poller !== undefined && poller !== partition.poller) movePartition(state, partition, poller);
  }
}

function movePartition(state: MappingState, partition: PartitionState, poller: Poller): void {
  const { ready } = partition;
  removeFromReady(partition);
  partition.poller = poller;
  if (ready) makeReady(state, partition);
}

function createPoller(index: number): Poller {
  return {
    index,
    inFlight: 0,
    due: createDeque(),
    ready: new Set(),
    readyRecords: 0,
    readyBytes: 0,
    closable: new Set(),
  };
}

function createPartition(state: MappingState, assigned: AssignedPartition): PartitionState {
  const { partition, position } = assigned;
  // R14: only ever put together, never split: topics have hyphens and digits too.
  const key = `${state.settings.config.topic}-${partition}`;
  const counters = countersOf(state, partition);
  counters.committed = assigned.committed ?? position;
  return {
    partition,
    key,
    textPrefix: recordTextPrefix(state.settings.config.topic, partition),
    overhead: sliceOverhead(key),
    counters,
    poller: state.pollers[0] ?? createPoller(0),
    lost: false,
    position,
    endOffset: -1,
    committed: position,
    offered: position,
    seen: position,
    fetch: 'idle',
    fetchNumber: 0,
    fetchFailures: 0,
    reservedBytes: 0,
    queue: createDeque(),
    queueBytes: 0,
    slices: [],
    ready: false,
    windowEndsAt: 0,
    windowTimerAt: Number.POSITIVE_INFINITY,
    lastDoneAt: state.now,
    quietCommitSet: false,
  };
}

function countersOf(state: MappingState, partition: number): PartitionCounters {
  const known = state.counters.get(partition);
  if (known !== undefined) return known;
  const counters = createPartitionCounters();
  state.counters.set(partition, counters);
  return counters;
}
