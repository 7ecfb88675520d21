/**
 * An invocation has ended: reads the answer, counts, and puts what follows in the batch's place. Failures of any kind are
 * only repeated: a function that is gone fails for ever, and its mapping stays (R164, assumed).
 */
import type { DiscardedBatch } from '../../destination/discarded-batch.ts';
import type { InvokeResult } from '../../function/invoker.ts';
import { readVerdict } from '../answer/read-verdict.ts';
import type { MappingInput } from '../mapping-input.ts';
import type { BatchVerdict } from '../mapping-output.ts';
import type { MappingState } from '../mapping-state.ts';
import { backOffDelay } from './back-off.ts';
import { type FollowUp, maximumAttempts, nextStep, type StepRules, type StepVerdict } from './next-step.ts';
import { waitBefore } from './start-work.ts';
import { countRecords, liveSlices, type Slice, type Work } from './work.ts';
import { replaceWork, type WorkDraft } from './work-order.ts';

export function endInvocation(state: MappingState, input: MappingInput & { kind: 'invocation-ended' }): void {
  const work = state.underWay.get(input.batch);
  if (work === undefined || work.discard !== undefined) return;
  state.underWay.delete(work.number);
  work.poller.inFlight -= 1;
  state.touched.add(work.poller);
  // Section 12: repeats count again, throttled ones too.
  state.metrics.InvokedEventCount += countRecords(work.slices);
  if (input.result.kind === 'not-reached') repeatLater(state, work, input.result);
  else endAttempt(state, work, input.result);
}

/** R94, documented: what never reached the function uses no attempt. R95: it is repeated until the records expire. */
function repeatLater(state: MappingState, work: Work, result: InvokeResult & { kind: 'not-reached' }): void {
  work.setbacks += 1;
  const failed = countRecords(work.slices);
  state.metrics.FailedInvokeEventCount += failed;
  state.metrics.InvokeErrorCount += 1;
  state.throughput.throttles += 1;
  state.lastProcessingResult = 'PROBLEM: Function call failed';
  noticeEnd(state, work, { verdict: result.reason, reason: result.message, succeeded: 0, failed });
  const { knobs, random } = state.settings;
  waitBefore(state, work, backOffDelay(knobs.backoff, work.setbacks, random));
}

function endAttempt(
  state: MappingState,
  work: Work,
  result: Exclude<InvokeResult, { kind: 'not-reached' }>,
): void {
  countDelivery(state, work);
  const { verdict, reason } = readVerdict(state, work, result);
  const slices = liveSlices(work);
  const { attempts, reported } = work;
  const followUps = nextStep<Slice['records'][number], Slice>(
    { slices, attempts, reported },
    verdict,
    rulesOf(state),
  );
  countOutcome(state, work, verdict);
  const succeeded = countSucceeded(slices, followUps);
  const failed = verdict.kind === 'partial' ? listedCount(verdict) : countRecords(work.slices) - succeeded;
  noticeEnd(state, work, { verdict: verdict.kind, reason, succeeded, failed });
  const context = contextOf(verdict);
  const drafts = followUps.flatMap((followUp) => draftsOf(state, followUp, { work, reason, context }));
  replaceWork(state, work, drafts);
}

function countDelivery(state: MappingState, work: Work): void {
  for (const { partition, records } of work.slices) {
    partition.counters.delivered += records.length;
    if (work.deliveries > 0) partition.counters.retried += records.length;
  }
  state.throughput.records += countRecords(work.slices);
}

function countOutcome(state: MappingState, work: Work, verdict: StepVerdict): void {
  const { metrics } = state;
  state.lastProcessingResult = verdict.kind === 'success' ? 'OK' : 'PROBLEM: Function call failed';
  if (verdict.kind === 'success') return;
  if (verdict.kind === 'function-error') metrics.InvokeErrorCount += 1;
  // Section 12, assumed: the listed records of a partial answer, else the whole batch.
  metrics.FailedInvokeEventCount +=
    verdict.kind === 'partial' ? listedCount(verdict) : countRecords(work.slices);
}

function listedCount(verdict: StepVerdict & { kind: 'partial' }): number {
  let count = 0;
  for (const offsets of verdict.failed.values()) count += offsets.size;
  return count;
}

function countSucceeded(slices: readonly Slice[], followUps: readonly FollowUp<Slice>[]): number {
  const open = new Map<Slice['partition'], number>();
  for (const { partition, records } of followUps.flatMap((followUp) => followUp.slices)) {
    open.set(partition, (open.get(partition) ?? 0) + records.length);
  }
  let total = 0;
  for (const { partition, records } of slices) {
    const succeeded = records.length - (open.get(partition) ?? 0);
    partition.counters.succeeded += succeeded;
    total += succeeded;
  }
  return total;
}

interface EndedAttempt {
  readonly work: Work;
  readonly reason: string | undefined;
  readonly context: DiscardedBatch['responseContext'];
}

function draftsOf(state: MappingState, followUp: FollowUp<Slice>, ended: EndedAttempt): readonly WorkDraft[] {
  const { knobs, random } = state.settings;
  const retry = followUp.kind === 'retry';
  const delay = retry && followUp.backOff ? backOffDelay(knobs.backoff, followUp.attempts, random) : 0;
  const discard = retry ? undefined : { condition: 'RetryAttemptsExhausted', reason: ended.reason };
  const draft: WorkDraft = {
    poller: ended.work.poller,
    slices: followUp.slices,
    attempts: followUp.attempts,
    deliveries: ended.work.deliveries + 1,
    reported: followUp.reported,
    delay,
    lastReason: ended.reason,
    lastContext: ended.context,
    discard,
  };
  // R123, observed: one destination record for each reported group, one for a batch that threw.
  if (retry || !followUp.reported) return [draft];
  return followUp.slices.map((slice) => ({ ...draft, slices: [slice] }));
}

/** R122, observed for streams: no function error after an answer, "Unhandled" after an exception. */
function contextOf(verdict: StepVerdict): DiscardedBatch['responseContext'] {
  const functionError = verdict.kind === 'function-error' ? 'Unhandled' : null;
  return { statusCode: 200, executedVersion: '$LATEST', functionError };
}

function rulesOf(state: MappingState): StepRules {
  const { config, knobs } = state.settings;
  return {
    maximumAttempts: maximumAttempts(config.maximumRetryAttempts, config.destination !== undefined),
    bisect: config.bisectBatchOnFunctionError,
    knobs,
  };
}

function noticeEnd(
  state: MappingState,
  work: Work,
  end: {
    readonly verdict: BatchVerdict;
    readonly reason: string | undefined;
    readonly succeeded: number;
    readonly failed: number;
  },
): void {
  state.notices.push({ kind: 'batch-ended', batch: work.number, ...end });
}
