import { type ConditionFailure, type Effects, isEffects } from '../effects/transact.ts';
import { errorName } from '../errors/error-name.ts';
import { LanewiseError } from '../errors/lanewise-error.ts';
import { formatPosition } from '../event/topic-partition.ts';
import { checkEffects, sizeOfEffects } from './check-result.ts';
import type { CommitResult, ConditionReason } from './checkpoint-store.ts';
import { type Entry, effectsOf, type LaneLedger, returnEntries } from './lane-ledger.ts';

/** How often the conditions of one record may fail in one invocation. */
const mostRounds = 10;

type Conditions = ReadonlyMap<number, ConditionReason>;

/** Lets the handler's own policy decide about the records whose conditions do not hold; the others are tried again as they are. */
export async function settleConditions(
  ledger: LaneLedger,
  entries: readonly Entry[],
  failed: Conditions,
): Promise<void> {
  const settled: Entry[] = [];
  let place = 0;
  let stopped = false;
  for (const entry of entries) {
    const own = conditionsOf(entry, failed, place);
    place += effectsOf(entry);
    const decided: Entry = own.size === 0 || stopped ? entry : await decide(ledger, entry, own);
    // In order, what is behind a failed record is not decided about.
    stopped ||= decided.failure !== undefined && ledger.run.ordering === 'partition';
    settled.push(decided);
  }
  returnEntries(ledger, settled);
}

/** Those of one record, by their places in its own list. */
function conditionsOf(entry: Entry, failed: Conditions, start: number): Conditions {
  const places = entry.effects?.writes.keys() ?? [];
  return new Map(
    [...places].flatMap((place) => {
      const reason = failed.get(start + place);
      return reason === undefined ? [] : [[place, reason] as const];
    }),
  );
}

async function decide(ledger: LaneLedger, entry: Entry, reasons: Conditions): Promise<Entry> {
  const round = entry.round + 1;
  try {
    const effects = await ask(entry, { failed: new Set(reasons.keys()), reasons, round });
    checkEffects(ledger, effects, entry.raw);
    return { ...entry, effects, size: sizeOfEffects(ledger, effects), round };
  } catch (error) {
    return { ...entry, round, failure: { error } };
  }
}

async function ask({ effects, raw }: Entry, failure: ConditionFailure): Promise<Effects | undefined> {
  const policy = effects?.onConditionFailed;
  if (policy === undefined || failure.round > mostRounds) throw conditionFailed(failure, formatPosition(raw));
  const result: unknown = await policy(failure);
  if (result === undefined || result === null) return undefined;
  if (isEffects(result)) return result;
  throw new LanewiseError(
    'INVALID_RESULT',
    `onConditionFailed returned a value of type ${typeof result}, expected transact(…) or nothing at ${formatPosition(raw)}`,
  );
}

function conditionFailed({ failed, round }: ConditionFailure, position: string): LanewiseError {
  const places = [...failed].join(', ');
  const times = round > 1 ? `, ${round} times in a row,` : '';
  return new LanewiseError(
    'CONDITION_FAILED',
    `the condition of effect ${places} does not hold${times} at ${position}; give transact an onConditionFailed when that is to be expected`,
  );
}

/**
 * The store does not take the transaction. Where it says which effects are to blame, their records fail; where it does not, half as many records
 * are tried together, until one is alone with its fault.
 */
export function isolate(
  ledger: LaneLedger,
  entries: readonly Entry[],
  { at, error }: Extract<CommitResult, { readonly kind: 'refused' }>,
): void {
  const withEffects = entries.filter((entry) => effectsOf(entry) > 0);
  const company = Math.ceil(withEffects.length / 2);
  let place = 0;
  const returned = entries.map((entry) => {
    const start = place;
    place += effectsOf(entry);
    const isToBlame = [...at].some((index) => index >= start && index < place);
    const isAlone = withEffects.length === 1 && entry === withEffects[0];
    if (isToBlame || isAlone) return { ...entry, failure: { error: refused(entry, error) } };
    return at.size > 0 ? entry : { ...entry, company };
  });
  returnEntries(ledger, returned);
}

function refused({ raw }: Entry, error: unknown): LanewiseError {
  return new LanewiseError(
    'EFFECTS_REFUSED',
    `the database refuses the effects, or is too busy for them, (${errorName(error)}) at ${formatPosition(raw)}; look at their tables, keys, expressions and values, and whether two of them touch one item`,
    { cause: error },
  );
}
