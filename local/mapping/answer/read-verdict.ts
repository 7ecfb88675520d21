/** What the end of an invocation means for the batch (R67–R85). */
import type { InvokeResult } from '../../function/invoker.ts';
import type { MappingState } from '../mapping-state.ts';
import { logEvent } from '../observe/log-event.ts';
import type { StepVerdict } from '../work/next-step.ts';
import type { Work } from '../work/work.ts';
import { type ReadResponse, readResponse, type SentRecords } from './read-response.ts';

export interface Verdict {
  readonly verdict: StepVerdict;
  /** Why it failed, in words that hold no payload; `undefined` on success. */
  readonly reason: string | undefined;
}

export function readVerdict(
  state: MappingState,
  work: Work,
  result: Exclude<InvokeResult, { kind: 'not-reached' }>,
): Verdict {
  // R85: a thrown error, a timeout and their like repeat the whole batch, whatever was answered.
  if (result.kind === 'function-error') {
    const reason = `${result.errorType}: ${result.errorMessage}`;
    return { verdict: { kind: 'function-error' }, reason };
  }
  if (!honoursFailures(state)) return { verdict: { kind: 'success' }, reason: undefined };
  const read = readResponse(result.payload, () => sentRecords(work), state.settings.knobs);
  for (const { rule, text } of read.diagnostics) {
    state.notices.push({ kind: 'diagnostic', rule, batch: work.number, text });
    logEvent(state, 'EMULATOR_DIAGNOSTIC', () => ({ rule, text }));
  }
  return { verdict: read.verdict, reason: reasonOf(read) };
}

/** R67, R68, documented: only with ReportBatchItemFailures, only in provisioned mode; else any answer is success. */
function honoursFailures(state: MappingState): boolean {
  const { config } = state.settings;
  return config.reportBatchItemFailures && config.provisioned !== undefined;
}

function reasonOf({ verdict, diagnostics }: ReadResponse): string | undefined {
  if (verdict.kind === 'success') return undefined;
  if (verdict.kind === 'partial') return 'reported in batchItemFailures';
  return diagnostics.at(-1)?.text;
}

function sentRecords(work: Work): SentRecords {
  return new Map(
    work.slices.map(({ partition, records }) => [
      partition.key,
      new Set(records.map((record) => record.offset)),
    ]),
  );
}
