import { DONE, PARKED } from '../outcome/record-outcome.ts';
import { checkEffects, effectsOfResult, sizeOfEffects } from './check-result.ts';
import { drain } from './drain.ts';
import { addEntry, type Entry, effectsOf, type LaneLedger } from './lane-ledger.ts';
import { hasRoom } from './take-group.ts';

/** A record that is through, and counts as done once the checkpoint says so. */
export interface ResolvedRecord extends Pick<Entry, 'from' | 'index' | 'raw' | 'record' | 'attempt'> {
  /** What `handle` returned; nothing for a record that was parked. */
  readonly result?: unknown;
  readonly parked?: boolean;
}

/** Takes over a record that is through. A promise only when it has to wait until others are written. */
export function resolveRecord(ledger: LaneLedger, resolved: ResolvedRecord): Promise<void> | undefined {
  const entry = entryOf(ledger, resolved);
  if (isOver(ledger, entry)) return undefined;
  if (!hasRoom(ledger, effectsOf(entry), entry.size)) return makeRoom(ledger, entry);
  addEntry(ledger, entry);
  return undefined;
}

function entryOf(ledger: LaneLedger, resolved: ResolvedRecord): Entry {
  const { from, index, raw, record, attempt, parked = false, result } = resolved;
  const effects = effectsOfResult(result, raw);
  checkEffects(ledger, effects, raw);
  return {
    from,
    index,
    raw,
    record,
    attempt,
    effects,
    outcome: parked ? PARKED : DONE,
    size: sizeOfEffects(ledger, effects),
    round: 0,
    company: Number.POSITIVE_INFINITY,
    failure: undefined,
  };
}

async function makeRoom(ledger: LaneLedger, entry: Entry): Promise<void> {
  // Records of other keys may have taken the room that was made.
  while (!isOver(ledger, entry) && !hasRoom(ledger, effectsOf(entry), entry.size)) {
    await drain(ledger, 'effects');
  }
  if (!isOver(ledger, entry)) addEntry(ledger, entry);
}

/** A record before it has failed, or nothing can be written any more: it comes again. */
function isOver({ broken, run }: LaneLedger, { from }: Entry): boolean {
  return broken || run.closed || (from.stopped && run.ordering !== 'none');
}
