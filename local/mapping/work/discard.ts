/** Gives records up: to the on-failure destination, or dropped when there is none or it fails. */
import type { KafkaEvent } from '../../../lib/event/kafka-event.ts';
import type { DiscardedBatch } from '../../destination/discarded-batch.ts';
import { buildEventText } from '../batch/event-text.ts';
import type { MappingInput } from '../mapping-input.ts';
import type { MappingState } from '../mapping-state.ts';
import { rangesOf } from '../observe/notices.ts';
import { randomUuid } from '../support/random-uuid.ts';
import { countRecords, type DiscardReason, type Work } from './work.ts';
import { replaceWork } from './work-order.ts';

/** R98, documented: to the destination if configured, else dropped; then the partition moves on. */
export function deliverOrDrop(state: MappingState, work: Work, discard: DiscardReason): void {
  if (state.settings.config.destination === undefined) {
    endDiscard(state, work, 'dropped');
    return;
  }
  work.phase = 'in-flight';
  state.underWay.set(work.number, work);
  const batch = buildDiscardedBatch(state, work, discard);
  state.commands.push({ kind: 'deliver', delivery: work.number, batch });
}

/** R129: a destination that fails counts as dropped, and the partition moves on (moving on assumed). */
export function endDelivery(state: MappingState, input: MappingInput & { kind: 'delivery-ended' }): void {
  const work = state.underWay.get(input.delivery);
  if (work?.discard === undefined) return;
  state.underWay.delete(input.delivery);
  if (input.error === undefined) {
    endDiscard(state, work, 'discarded');
    return;
  }
  state.metrics.OnFailureDestinationDeliveryErrorCount += 1;
  state.lastProcessingResult = 'PROBLEM: On-failure destination error.';
  state.notices.push({ kind: 'problem', message: `on-failure destination failed: ${input.error}` });
  endDiscard(state, work, 'dropped');
}

function endDiscard(state: MappingState, work: Work, outcome: 'discarded' | 'dropped'): void {
  const count = countRecords(work.slices);
  if (outcome === 'discarded') state.metrics.OnFailureDestinationDeliveredEventCount += count;
  else state.metrics.DroppedEventCount += count;
  for (const { partition, records } of work.slices) partition.counters[outcome] += records.length;
  state.notices.push({
    kind: outcome,
    condition: work.discard?.condition ?? '',
    reason: work.discard?.reason,
    attempts: work.attempts,
    records: rangesOf(work.slices),
  });
  replaceWork(state, work, []);
}

function buildDiscardedBatch(state: MappingState, work: Work, discard: DiscardReason): DiscardedBatch {
  const { config, envelope, knobs, random, bootstrapServers } = state.settings;
  // R127: unknown whether the payload of a group that was retried thin has its envelope; a knob.
  const thin = knobs.dltPayload === 'thin' && work.reported;
  const text = buildEventText(thin ? envelope.thin : envelope.full, work.slices);
  return {
    requestId: randomUuid(random),
    functionArn: config.functionArn,
    condition: discard.condition,
    // R121, observed: attempts with the first; R111: 1 also when there was none.
    approximateInvokeCount: Math.max(1, work.attempts),
    responseContext: work.lastContext,
    timestamp: state.wall,
    eventSourceArn: config.source.kind === 'msk' ? config.source.arn : undefined,
    bootstrapServers,
    // Our own text: it has the shape of an event.
    payload: JSON.parse(text) as KafkaEvent,
    payloadSize: Buffer.byteLength(text),
  };
}
