import { LanewiseError } from '../errors/lanewise-error.ts';
import { advance, type CheckpointState, isOfAnotherTopic } from './checkpoint-state.ts';
import type { CheckpointChange, CommitResult } from './checkpoint-store.ts';
import { type Interval, includesOffset } from './intervals.ts';
import { type Entry, effectsOf, knownDone, type LaneLedger } from './lane-ledger.ts';
import { breakLedger, concludeEntry, passEntry } from './settle-entry.ts';
import { isolate, settleConditions } from './settle-refusal.ts';

/** How often a lane may lose against another environment, or be throttled, before its records fail. */
const rounds = 7;
/** How often a transaction is tried that meets a throttle or another one, before its records are tried apart. */
const busyRounds = 4;
/** Milliseconds; doubled with each round, and less by chance so that two environments do not meet again. */
const firstPause = 25;

/** Writes the records, and their effects with them, once. It ends with each of them written, failed, or put back. */
export async function commitGroup(ledger: LaneLedger, group: readonly Entry[]): Promise<void> {
  let entries = group;
  try {
    for (let round = 1; round <= rounds && !ledger.run.closed; round++) {
      if (round > 1) await ledger.run.pause(firstPause * 2 ** (round - 2) * (0.5 + Math.random() / 2));
      // Also in the first round: what was read again for the group before tells of this one too.
      entries = passDone(ledger, entries);
      const failed = new Map(ledger.failed);
      if (entries.length === 0 && failed.size === 0) return;
      const change = changeOf(ledger, entries, failed);
      const result = await commit(ledger, change, entries);
      if (result.kind === 'conflict') await readAgain(ledger);
      else if (result.kind !== 'busy') return await end(ledger, entries, { change, failed, result });
      else if (round >= busyRounds && hasEffects(entries))
        return await end(ledger, entries, { change, failed, result: tooBusy(result) });
    }
    breakLedger(ledger, entries, tooMuchContention(ledger));
  } catch (error) {
    breakLedger(ledger, entries, error);
  }
}

function commit(
  { run }: LaneLedger,
  change: CheckpointChange,
  entries: readonly Entry[],
): Promise<CommitResult> {
  const effects = entries.flatMap((entry) => entry.effects?.writes ?? []);
  const { write, transactions } = run.store;
  if (effects.length > 0 && transactions !== undefined) return transactions.commit(change, effects);
  return write(change).then((kind) => (kind === 'busy' ? { kind, error: undefined } : { kind }));
}

function hasEffects(entries: readonly Entry[]): boolean {
  return entries.some((entry) => effectsOf(entry) > 0);
}

/** One of them may be the item that everybody wants: the others need not fail with it. */
function tooBusy({ error }: Extract<CommitResult, { readonly kind: 'busy' }>): Ending['result'] {
  return { kind: 'refused', at: new Set(), error };
}

interface Ending {
  readonly change: CheckpointChange;
  readonly failed: ReadonlyMap<number, number>;
  readonly result: Exclude<CommitResult, { readonly kind: 'conflict' | 'busy' }>;
}

async function end(
  ledger: LaneLedger,
  entries: readonly Entry[],
  { change, failed, result }: Ending,
): Promise<void> {
  switch (result.kind) {
    case 'written':
      ledger.state = change.state;
      for (const offset of failed.keys()) ledger.failed.delete(offset);
      for (const entry of entries) concludeEntry(ledger, entry);
      return;
    case 'conditions':
      return settleConditions(ledger, entries, result.failed);
    case 'refused':
      return isolate(ledger, entries, result);
  }
}

function changeOf(
  ledger: LaneLedger,
  entries: readonly Entry[],
  failed: ReadonlyMap<number, number>,
): CheckpointChange {
  const { epoch, latest, run, state, partition } = ledger;
  const progress = {
    epoch,
    latest,
    failed,
    first: firstOffset(ledger),
    done: doneIntervals(ledger, entries),
  };
  return {
    partition,
    state: advance(state, progress, { limit: run.limit, now: run.now() }),
    expected: state.version,
  };
}

/**
 * In `partition`, from the first record of the batch to the last that is done: what is missing between two records of a batch was compacted, filtered or resolved before. In the
 * other orderings a record between them may still come again, so there it is exactly what was done.
 */
function doneIntervals(ledger: LaneLedger, entries: readonly Entry[]): readonly Interval[] {
  if (ledger.run.ordering !== 'partition') return entries.map(({ raw }) => [raw.offset, raw.offset] as const);
  const last = entries.at(-1);
  return last === undefined ? [] : [[firstOffset(ledger), last.raw.offset]];
}

function firstOffset({ lane }: LaneLedger): number {
  return lane.records[0]?.offset ?? 0;
}

/** Another environment has written. */
async function readAgain(ledger: LaneLedger): Promise<void> {
  const [state] = await ledger.run.store.readMany([ledger.partition]);
  if (state instanceof Error) throw state;
  if (state === undefined || isContradiction(ledger, state)) throw topicGone(ledger);
  ledger.state = state;
}

/** What another environment has done meanwhile is not done here; returns the rest. */
function passDone(ledger: LaneLedger, entries: readonly Entry[]): readonly Entry[] {
  const done = knownDone(ledger);
  const isDone = (entry: Entry) => includesOffset(done, entry.raw.offset);
  for (const entry of entries.filter(isDone)) passEntry(ledger, entry);
  return entries.filter((entry) => !isDone(entry));
}

/** The state is of a topic that is younger than the lane's records, or older: these are not to be put together. */
function isContradiction(ledger: LaneLedger, state: CheckpointState): boolean {
  if (state.epoch !== ledger.epoch) return state.epoch > ledger.epoch;
  return isOfAnotherTopic(state, ledger.lane.records);
}

function topicGone({ lane }: LaneLedger): LanewiseError {
  return new LanewiseError(
    'CHECKPOINT_CONFLICT',
    `the topic was created anew while its records were handled; what still exists of them comes again at ${lane.key}`,
  );
}

function tooMuchContention({ lane }: LaneLedger): LanewiseError {
  return new LanewiseError(
    'CHECKPOINT_CONFLICT',
    `the checkpoint could not be written in ${rounds} attempts, because other environments wrote it, or its table or the effects' are throttled, at ${lane.key}`,
  );
}
