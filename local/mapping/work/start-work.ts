/** Starts work that is first in all its partitions: gives up, waits, or queues for an invocation of its poller. */

import { buildEventText } from '../batch/event-text.ts';
import { canClose, takeBatch } from '../batch/take-batch.ts';
import { isRunning } from '../lifecycle/lifecycle.ts';
import type { MappingState, Poller } from '../mapping-state.ts';
import { noticeBatchStarted } from '../observe/notices.ts';
import { push, shift, sizeOf } from '../support/deque.ts';
import { setTimer } from '../support/timer-heap.ts';
import { deliverOrDrop } from './discard.ts';
import { splitExpired } from './record-age.ts';
import { liveSlices, type Work } from './work.ts';
import { replaceWork, type SliceDraft } from './work-order.ts';

/** R43, documented: up to 5 concurrent invocations a poller. */
const CONCURRENT_BATCHES = 5;

/** Runs everything that the input made possible. */
export function pumpWork(state: MappingState): void {
  do {
    for (let work = shift(state.startable); work !== undefined; work = shift(state.startable)) {
      startWork(state, work);
    }
    const touched = [...state.touched];
    state.touched.clear();
    for (const poller of touched) pumpPoller(state, poller);
  } while (sizeOf(state.startable) > 0 || state.touched.size > 0);
}

function startWork(state: MappingState, work: Work): void {
  if (work.phase !== 'pending' || abandonIfLost(state, work)) return;
  if (work.discard !== undefined) deliverOrDrop(state, work, work.discard);
  else if (work.delay > 0) waitBefore(state, work, work.delay);
  else makeDue(state, work);
}

/** In back-off. Its partitions are the first to give up prefetched records when room runs out. */
export function waitBefore(state: MappingState, work: Work, delay: number): void {
  work.phase = 'waiting';
  setTimer(state.timers, state.now + delay, { kind: 'retry', work });
  for (const { partition } of liveSlices(work)) {
    if (partition.queueBytes > 0) state.blocked.add(partition);
  }
}

/** The back-off is over. */
export function endWait(state: MappingState, work: Work): void {
  if (work.phase === 'waiting') makeDue(state, work);
}

function makeDue(state: MappingState, work: Work): void {
  work.phase = 'due';
  push(work.poller.due, work);
  state.touched.add(work.poller);
}

/** Retries go before new batches: they hold their partitions locked. */
function pumpPoller(state: MappingState, poller: Poller): void {
  while (isRunning(state.lifecycle) && poller.inFlight < CONCURRENT_BATCHES) {
    const work = shift(poller.due);
    if (work !== undefined) invokeFresh(state, work);
    else if (canClose(state, poller)) takeBatch(state, poller);
    else return;
    if (sizeOf(state.startable) > 0) return void state.touched.add(poller);
  }
}

/**
 * R109, documented: records that are too old are not sent, or not sent again; R110, R111, observed for streams: they leave
 * the batch, before the first attempt too, and the others go. R113: age or retries, whichever comes first.
 */
function invokeFresh(state: MappingState, work: Work): void {
  if (abandonIfLost(state, work)) return;
  const { maximumRecordAge } = state.settings.config;
  const fresh: SliceDraft[] = [];
  const expired: SliceDraft[] = [];
  for (const { partition, records } of liveSlices(work)) {
    const split = splitExpired(records, maximumRecordAge, state.wall);
    if (split.fresh.length > 0) fresh.push({ partition, records: split.fresh });
    if (split.expired.length > 0) expired.push({ partition, records: split.expired });
  }
  if (expired.length === 0) {
    invoke(state, work);
    return;
  }
  const condition = state.settings.knobs.ageCondition;
  const discard = { ...work, slices: expired, discard: { condition, reason: work.lastReason } };
  const rest = { ...work, slices: fresh, delay: 0 };
  replaceWork(state, work, fresh.length > 0 ? [discard, rest] : [discard]);
}

function invoke(state: MappingState, work: Work): void {
  work.phase = 'in-flight';
  work.slices = liveSlices(work);
  work.poller.inFlight += 1;
  state.underWay.set(work.number, work);
  state.invocations += 1;
  const thin = isThin(state, work);
  const { full, thin: thinOpening } = state.settings.envelope;
  noticeBatchStarted(state, work, thin);
  state.commands.push({
    kind: 'invoke',
    batch: work.number,
    payload: buildEventText(thin ? thinOpening : full, work.slices),
  });
}

/** R15, observed: thin after a partial answer. R16, unknown for all other retries; a knob. */
export function isThin(state: MappingState, work: Work): boolean {
  const { thinRetry } = state.settings.knobs;
  if (thinRetry === 'never') return false;
  return work.reported || (thinRetry === 'always' && (work.deliveries > 0 || work.setbacks > 0));
}

/** All partitions of the work went to other members: they deliver its records again (R47). */
function abandonIfLost(state: MappingState, work: Work): boolean {
  if (liveSlices(work).length > 0) return false;
  work.phase = 'done';
  state.underWay.delete(work.number);
  return true;
}
