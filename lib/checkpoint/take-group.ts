import type { TransactionLimits } from './checkpoint-store.ts';
import { type Entry, effectsOf, type LaneLedger, takeEntries } from './lane-ledger.ts';

const noLimits: TransactionLimits = { effects: Number.POSITIVE_INFINITY, size: Number.POSITIVE_INFINITY };

/** What a transaction has room for, besides the checkpoint itself. */
export function limitsOf(ledger: LaneLedger): TransactionLimits {
  return ledger.run.store.transactions?.limits ?? noLimits;
}

/** Whether one more fits into the transaction that is being gathered. */
export function hasRoom(ledger: LaneLedger, effects: number, size: number): boolean {
  const limits = limitsOf(ledger);
  return effects === 0 || (ledger.effects + effects <= limits.effects && ledger.size + size <= limits.size);
}

/**
 * Takes the first entries that fit into one transaction, in order. It ends before an entry that has failed, and before one that touches an item
 * a second time, which DynamoDB refuses. Records without effects are always taken along.
 */
export function takeGroup(ledger: LaneLedger): readonly Entry[] {
  const limits = limitsOf(ledger);
  const group: Group = {
    effects: 0,
    size: 0,
    records: 0,
    company: Number.POSITIVE_INFINITY,
    items: new Set(),
  };
  let length = 0;
  for (const entry of ledger.pending) {
    if (entry.failure !== undefined || !admits(group, entry, { limits, ledger })) break;
    length++;
  }
  return takeEntries(ledger, length);
}

interface Group {
  effects: number;
  size: number;
  /** Those with effects. */
  records: number;
  company: number;
  readonly items: Set<string>;
}

interface Setting {
  readonly limits: TransactionLimits;
  readonly ledger: LaneLedger;
}

function admits(group: Group, entry: Entry, { limits, ledger }: Setting): boolean {
  const effects = effectsOf(entry);
  if (effects === 0) return true;
  const items = itemsOf(entry, ledger);
  const company = Math.min(group.company, entry.company);
  const fits =
    group.effects + effects <= limits.effects &&
    group.size + entry.size <= limits.size &&
    group.records < company &&
    !items.some((item) => group.items.has(item));
  if (group.records > 0 && !fits) return false;
  for (const item of items) group.items.add(item);
  group.effects += effects;
  group.size += entry.size;
  group.records++;
  group.company = company;
  return true;
}

function itemsOf(entry: Entry, ledger: LaneLedger): readonly string[] {
  const { transactions } = ledger.run.store;
  if (transactions === undefined || entry.effects === undefined) return [];
  return entry.effects.writes.flatMap((effect) => transactions.itemOf(effect) ?? []);
}
