/** What a fetch brought goes through the steps before batching: schema, filter, size (R32, documented). */
import type { SourceRecord } from '../../source/record-source.ts';
import { addToReady } from '../batch/ready-partitions.ts';
import { buildRecordText } from '../batch/record-text.ts';
import { lowestUnresolved, settle } from '../commit/watermark.ts';
import type { MappingInput } from '../mapping-input.ts';
import type { MappingState, PartitionState } from '../mapping-state.ts';
import { push, sizeOf } from '../support/deque.ts';
import { setTimer } from '../support/timer-heap.ts';
import type { BufferedRecord } from '../work/work.ts';
import {
  considerFetch,
  fetchingPartition,
  pauseFetch,
  pauseFetchFor,
  releaseReservation,
} from './fetching.ts';
import type { SchemaOutcome } from './schema-step.ts';

/** A source that brings nothing although there is more is asked again after this time, milliseconds. */
const NO_PROGRESS_PAUSE = 100;

export function receiveFetched(state: MappingState, input: MappingInput & { kind: 'fetched' }): void {
  const partition = fetchingPartition(state, input.fetched.partition, input.fetch);
  if (partition === undefined) return;
  releaseReservation(state, partition);
  partition.fetch = 'idle';
  partition.counters.endOffset = input.fetched.endOffset;
  partition.endOffset = input.fetched.endOffset;
  receiveRecords(state, partition, input.fetched);
  considerFetch(state, partition);
  setQuietCommit(state, partition);
  settle(state, partition);
}

function receiveRecords(
  state: MappingState,
  partition: PartitionState,
  fetched: { readonly records: readonly SourceRecord[]; readonly nextOffset: number },
): void {
  const before = { records: sizeOf(partition.queue), bytes: partition.queueBytes };
  const progress = fetched.nextOffset > partition.position;
  const trouble = receiveUntilTrouble(state, partition, fetched.records);
  const records = sizeOf(partition.queue) - before.records;
  const bytes = partition.queueBytes - before.bytes;
  state.bufferedBytes += bytes;
  if (records > 0) addToReady(state, partition, { records, bytes });
  if (trouble) {
    pauseFetch(state, partition);
    return;
  }
  partition.fetchFailures = 0;
  // R30: offsets have gaps; the next fetch starts beyond them.
  partition.position = Math.max(partition.position, fetched.nextOffset);
  if (!progress && partition.endOffset > partition.position) {
    pauseFetchFor(state, partition, NO_PROGRESS_PAUSE);
  }
}

/** R149, assumed: while the registry is down, the partition waits at the first record that needs it. */
function receiveUntilTrouble(
  state: MappingState,
  partition: PartitionState,
  records: readonly SourceRecord[],
): boolean {
  for (const record of records) {
    // A source may bring a whole record batch that starts before the offset asked for.
    if (record.offset < partition.position) continue;
    const outcome = state.settings.schema?.(record);
    if (outcome?.kind === 'unavailable') {
      state.metrics.SchemaRegistryErrorCount += 1;
      state.lastProcessingResult = `PROBLEM: Schema registry error. ${outcome.message}`;
      return true;
    }
    receiveRecord(state, partition, { record, outcome });
    partition.position = record.offset + 1;
  }
  return false;
}

function receiveRecord(
  state: MappingState,
  partition: PartitionState,
  received: { readonly record: SourceRecord; readonly outcome: SchemaOutcome | undefined },
): void {
  const { record, outcome } = received;
  const again = record.offset < partition.seen;
  if (!again) {
    partition.seen = record.offset + 1;
    state.metrics.PolledEventCount += 1;
    state.metrics.EventPollerThroughputInBytes += bytesOf(record);
  }
  if (outcome?.kind === 'refused' && !again) state.metrics.SchemaRegistryErrorCount += 1;
  // R138, documented: the filter sees what the schema step made of the value.
  const value = outcome?.kind === 'ok' && outcome.value !== undefined ? outcome.value : record.value;
  if (outcome?.kind !== 'refused' && state.settings.passes?.(value) === false) {
    if (again) return;
    // R136, documented: counted and committed.
    state.metrics.FilteredOutEventCount += 1;
    partition.counters.filtered += 1;
    return;
  }
  const buffered = bufferRecord(state, partition, received);
  push(partition.queue, buffered);
  partition.queueBytes += buffered.bytes + 1;
}

function bytesOf({ key, value, headers }: SourceRecord): number {
  let bytes = (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, content] of headers) bytes += Buffer.byteLength(name) + (content?.length ?? 0);
  return bytes;
}

function bufferRecord(
  state: MappingState,
  partition: PartitionState,
  received: { readonly record: SourceRecord; readonly outcome: SchemaOutcome | undefined },
): BufferedRecord {
  const { record, outcome } = received;
  const { knobs, limits, envelope } = state.settings;
  const schema = outcome?.kind === 'ok' ? outcome : undefined;
  const { text, bytes } = buildRecordText(partition.textPrefix, record, { knobs, schema });
  // R39, R119: one record whose event alone is above 6 MB (condition documented). R131, documented: schema conditions.
  const oversized = envelope.bytes + partition.overhead + bytes > limits.payloadBytes;
  const refused = outcome?.kind === 'refused' ? outcome.condition : undefined;
  return {
    offset: record.offset,
    timestamp: record.timestamp,
    text,
    bytes,
    bufferedAt: state.now,
    condition: refused ?? (oversized ? 'MaximumPayloadSizeExceeded' : undefined),
  };
}

/** R61, assumed: when everything polled was filtered out, the commit comes when the window would have closed. */
function setQuietCommit(state: MappingState, partition: PartitionState): void {
  const busy = sizeOf(partition.queue) > 0 || partition.slices.length > 0;
  if (busy || partition.quietCommitSet || lowestUnresolved(partition) <= partition.offered) return;
  partition.quietCommitSet = true;
  const at = state.now + state.settings.config.batchingWindow;
  setTimer(state.timers, at, { kind: 'quiet-commit', partition });
}
