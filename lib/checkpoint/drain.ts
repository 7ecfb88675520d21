import { commitGroup } from './commit-group.ts';
import { type Entry, effectsOf, type LaneLedger, takeEntries } from './lane-ledger.ts';
import { failEntry } from './settle-entry.ts';
import { takeGroup } from './take-group.ts';

/** `all`, or only as far as there are effects: records without any can wait for the end of their lane. */
export type Extent = 'all' | 'effects';

/** Writes what waits, after whatever is being written already. Never rejects. */
export function drain(ledger: LaneLedger, extent: Extent): Promise<void> {
  ledger.working = ledger.working.then(() => drainNow(ledger, extent));
  return ledger.working;
}

async function drainNow(ledger: LaneLedger, extent: Extent): Promise<void> {
  while (!ledger.broken && !ledger.run.closed && hasWork(ledger, extent)) {
    const first = ledger.pending[0];
    if (first?.failure !== undefined) await failFirst(ledger, first);
    else await commitGroup(ledger, takeGroup(ledger));
  }
}

function hasWork(ledger: LaneLedger, extent: Extent): boolean {
  if (extent === 'all') return ledger.pending.length > 0 || ledger.failed.size > 0;
  return ledger.pending.some((entry) => entry.failure !== undefined || effectsOf(entry) > 0);
}

async function failFirst(ledger: LaneLedger, first: Entry): Promise<void> {
  takeEntries(ledger, 1);
  await failEntry(ledger, first);
}
