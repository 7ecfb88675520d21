import { type Effects, isEffects } from '../effects/transact.ts';
import { LanewiseError } from '../errors/lanewise-error.ts';
import { PermanentError } from '../errors/permanent-error.ts';
import { formatPosition, type RecordPosition } from '../event/topic-partition.ts';
import type { LaneLedger } from './lane-ledger.ts';
import { limitsOf } from './take-group.ts';

/**
 * What `handle` returned, as effects. Whatever else it returns is an error: it may be writes that were meant to be made, and nobody would make
 * them.
 *
 * @throws LanewiseError INVALID_RESULT
 */
export function effectsOfResult(result: unknown, at: RecordPosition): Effects | undefined {
  if (result === undefined || result === null) return undefined;
  if (isEffects(result)) return result.writes.length === 0 ? undefined : result;
  const got = Array.isArray(result) ? 'a list' : `a value of type ${typeof result}`;
  throw new LanewiseError(
    'INVALID_RESULT',
    `handle returned ${got}, and with a checkpoint it may return transact([…]) or nothing at ${formatPosition(at)}`,
  );
}

/**
 * @throws PermanentError EFFECTS_TOO_LARGE
 * @throws LanewiseError INVALID_RESULT, when the checkpoint's store has no transactions
 */
export function checkEffects(ledger: LaneLedger, effects: Effects | undefined, at: RecordPosition): void {
  if (effects === undefined) return;
  if (ledger.run.store.transactions === undefined) {
    throw new LanewiseError(
      'INVALID_RESULT',
      `handle returned effects, and the store of this checkpoint cannot write any at ${formatPosition(at)}`,
    );
  }
  const limits = limitsOf(ledger);
  const size = sizeOfEffects(ledger, effects);
  if (effects.writes.length <= limits.effects && size <= limits.size) return;
  throw new PermanentError(
    `the record has ${effects.writes.length} effects of about ${size} bytes, and one transaction takes at most ${limits.effects} of ${limits.size} bytes together at ${formatPosition(at)}`,
    { code: 'EFFECTS_TOO_LARGE' },
  );
}

export function sizeOfEffects(ledger: LaneLedger, effects: Effects | undefined): number {
  const { transactions } = ledger.run.store;
  if (effects === undefined || transactions === undefined) return 0;
  return effects.writes.reduce((sum, effect) => sum + transactions.sizeOf(effect), 0);
}
