import { formatPosition } from '../event/topic-partition.ts';
import { DONE, FAILED, PARKED, type RecordOutcome, SKIPPED, UNFINISHED } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordFailure, recordTime } from '../telemetry/record-failure.ts';
import { checkpointError, isTableError } from './checkpoint-error.ts';
import { dropEntries, type Entry, effectsOf, type LaneLedger, returnEntries } from './lane-ledger.ts';

/** The checkpoint says that the record is done. */
export function concludeEntry(ledger: LaneLedger, entry: Entry): void {
  if (ledger.run.closed) return;
  setOutcome(ledger, entry.index, entry.outcome);
  if (entry.outcome === DONE) notify(ledger.run.observer, 'recordDone', recordTime(entry.raw));
}

/** Another environment has done the record. Its effects were not written here; one without any was handled twice. */
export function passEntry(ledger: LaneLedger, entry: Entry): void {
  if (effectsOf(entry) === 0) {
    concludeEntry(ledger, entry);
  } else if (!ledger.run.closed) {
    setOutcome(ledger, entry.index, SKIPPED);
    notify(ledger.run.observer, 'recordSkipped', recordTime(entry.raw));
  }
}

/** The answer that was given stays as it is. */
export function setOutcome(ledger: LaneLedger, index: number, outcome: RecordOutcome): void {
  if (!ledger.run.closed) ledger.lane.outcomes[index] = outcome;
}

/** Parks or fails a record whose effects cannot be written. */
export async function failEntry(ledger: LaneLedger, entry: Entry): Promise<void> {
  const outcome = await ledger.run.fail(entry, entry.failure?.error);
  if (outcome === PARKED) {
    returnEntries(ledger, [{ ...entry, outcome: PARKED, effects: undefined, size: 0, failure: undefined }]);
    return;
  }
  if (!ledger.run.closed) ledger.lane.outcomes[entry.index] = FAILED;
  ledger.failed.set(entry.raw.offset, entry.attempt);
  if (ledger.run.ordering !== 'none') stopBehind(ledger, entry);
}

/** What is behind a failed record comes again with it, also what was skipped. */
function stopBehind(ledger: LaneLedger, { from, index }: Entry): void {
  from.stopped = true;
  dropEntries(ledger, (entry) => entry.from === from && entry.index > index);
  const { outcomes } = ledger.lane;
  for (const place of from.indexes ?? outcomes.keys()) {
    if (place > index && outcomes[place] === SKIPPED && !ledger.run.closed) outcomes[place] = UNFINISHED;
  }
}

/** Nothing more can be written of this lane: all that was not written comes again. */
export function breakLedger(ledger: LaneLedger, entries: readonly Entry[], error: unknown): void {
  ledger.broken = true;
  if (isTableError(error)) ledger.run.fatal ??= error;
  const [first] = [...entries, ...ledger.pending];
  dropEntries(ledger, () => true);
  if (first === undefined || ledger.run.closed) return;
  ledger.lane.outcomes[first.index] = FAILED;
  const failure = recordFailure(first.raw, checkpointError(error, formatPosition(first.raw)));
  notify(ledger.run.observer, 'recordFailed', failure);
}
