/**
 * Takes the next batch of a poller from its ready partitions, round robin in runs (R33, R40, documented), each in offset
 * order (R41, documented). Filtered-out records never come here, so they do not count towards the size (R34, assumed).
 */

import type { BufferedRecord, MappingState, PartitionState, Poller } from '../mapping-state.ts';
import { considerFetch } from '../read/fetching.ts';
import { peek, shift, sizeOf } from '../support/deque.ts';
import { openWork, type SliceDraft, startIfFirst, type WorkDraft } from '../work/work-order.ts';
import { removeFromReady } from './ready-partitions.ts';

interface BatchDraft {
  readonly slices: SliceDraft[];
  readonly discards: WorkDraft[];
  records: number;
  bytes: number;
}

/** Whether a batch closes now: by size or 6 MB over all ready partitions, or by the window of one of them. */
export function canClose(state: MappingState, poller: Poller): boolean {
  if (poller.closable.size > 0) return true;
  const { config, limits, envelope, knobs } = state.settings;
  if (poller.ready.size === 0 || knobs.mixPartitions === 'off') return false;
  return poller.readyRecords >= config.batchSize || envelope.bytes + poller.readyBytes > limits.payloadBytes;
}

export function takeBatch(state: MappingState, poller: Poller): void {
  const draft: BatchDraft = { slices: [], discards: [], records: 0, bytes: state.settings.envelope.bytes };
  for (const partition of takingOrder(state, poller)) {
    if (!takeRun(state, partition, draft)) break;
  }
  const works = draft.discards.map((discard) => openWork(state, discard));
  if (draft.slices.length > 0) works.push(openWork(state, firstAttempt(poller, draft.slices)));
  for (const work of works) startIfFirst(state, work);
  for (const { partition } of [...draft.slices, ...draft.discards.flatMap(({ slices }) => slices)]) {
    considerFetch(state, partition);
  }
}

/** The partition whose window is over leads; the others follow in the order they became ready. */
function* takingOrder(state: MappingState, poller: Poller): Generator<PartitionState> {
  const [first] = poller.closable.size > 0 ? poller.closable : poller.ready;
  if (first === undefined) return;
  yield first;
  if (state.settings.knobs.mixPartitions === 'off') return;
  for (const partition of poller.ready) {
    if (partition !== first) yield partition;
  }
}

/** False when the batch is full. */
function takeRun(state: MappingState, partition: PartitionState, draft: BatchDraft): boolean {
  const next = peek(partition.queue);
  if (next?.condition === undefined && isFull(state, draft, partition.overhead + (next?.bytes ?? 0))) {
    return false;
  }
  removeFromReady(partition);
  const bytesBefore = draft.bytes;
  draft.bytes += partition.overhead;
  const run: BufferedRecord[] = [];
  const queueBytes = partition.queueBytes;
  for (let record = next; record !== undefined; record = peek(partition.queue)) {
    if (record.condition !== undefined) draft.discards.push(neverSent(partition, record, record.condition));
    else if (isFull(state, draft, record.bytes)) break;
    else addTo(draft, run, record);
    shift(partition.queue);
    partition.queueBytes -= record.bytes + 1;
  }
  state.bufferedBytes -= queueBytes - partition.queueBytes;
  if (run.length > 0) draft.slices.push({ partition, records: run });
  else draft.bytes = bytesBefore;
  return sizeOf(partition.queue) === 0;
}

function addTo(draft: BatchDraft, run: BufferedRecord[], record: BufferedRecord): void {
  run.push(record);
  draft.records += 1;
  draft.bytes += record.bytes + 1;
}

function isFull(state: MappingState, draft: BatchDraft, bytes: number): boolean {
  const { config, limits } = state.settings;
  return draft.records >= config.batchSize || draft.bytes + bytes > limits.payloadBytes;
}

function firstAttempt(poller: Poller, slices: readonly SliceDraft[]): WorkDraft {
  return { ...FRESH, poller, slices, discard: undefined };
}

/** The function never sees it: there is no answer to tell of (R39, R144). */
function neverSent(partition: PartitionState, record: BufferedRecord, condition: string): WorkDraft {
  const discard = { condition, reason: undefined };
  return { ...FRESH, poller: partition.poller, slices: [{ partition, records: [record] }], discard };
}

const FRESH = {
  attempts: 0,
  deliveries: 0,
  reported: false,
  delay: 0,
  lastReason: undefined,
  lastContext: null,
} as const;
