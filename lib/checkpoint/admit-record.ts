import type { Sequence } from '../lanes/sequence.ts';
import { SKIPPED } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordTime } from '../telemetry/record-failure.ts';
import { includesOffset } from './intervals.ts';
import { knownDone, type LaneLedger } from './lane-ledger.ts';
import { setOutcome } from './settle-entry.ts';

/** Whether a record is to be handled: if and only if the checkpoint does not know it as done. */
export function admitRecord(ledger: LaneLedger, from: Sequence, index: number): boolean {
  const record = ledger.lane.records[index];
  if (ledger.broken || record === undefined) {
    from.stopped = true;
    return false;
  }
  if (includesOffset(knownDone(ledger), record.offset)) {
    setOutcome(ledger, index, SKIPPED);
    notify(ledger.run.observer, 'recordSkipped', recordTime(record));
    return false;
  }
  // An offset twice in one batch: the second is reported, and skipped when it comes again.
  return ledger.lane.records[index - 1]?.offset !== record.offset;
}

/** 1 for a record that has never failed, as far as the checkpoint knows. */
export function attemptOf(ledger: LaneLedger, offset: number): number {
  if (ledger.epoch > ledger.state.epoch) return 1;
  return (ledger.state.attempts.get(offset) ?? 0) + 1;
}
