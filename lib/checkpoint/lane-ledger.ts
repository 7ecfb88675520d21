import type { ConsumerRecord } from '../decode/consumer-record.ts';
import type { Effects } from '../effects/transact.ts';
import type { LanewiseError } from '../errors/lanewise-error.ts';
import type { KafkaEventRecord } from '../event/kafka-event.ts';
import type { Lane } from '../lanes/lane.ts';
import type { Ordering, Sequence } from '../lanes/sequence.ts';
import type { Timer } from '../lanes/time-budget.ts';
import type { DONE, FAILED, PARKED } from '../outcome/record-outcome.ts';
import type { Observer } from '../telemetry/observer.ts';
import { type CheckpointState, isOfAnotherTopic, latestOf } from './checkpoint-state.ts';
import type { CheckpointStore, TopicPartition } from './checkpoint-store.ts';
import type { Intervals } from './intervals.ts';

/** What all lanes of an invocation share. */
export interface LedgerRun {
  readonly store: CheckpointStore;
  readonly limit: number;
  readonly now: () => number;
  readonly parkAfter: number;
  readonly ordering: Ordering;
  readonly observer: Observer | undefined;
  readonly timer: Timer;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Parks the record, or tells the observer that it failed. */
  readonly fail: (entry: Entry, error: unknown) => Promise<typeof FAILED | typeof PARKED>;
  /** The answer is given. */
  closed: boolean;
  /** What the invocation has to throw: no delivery could succeed. */
  fatal: LanewiseError | undefined;
}

/** A record that is through and not written yet. */
export interface Entry {
  readonly from: Sequence;
  readonly index: number;
  readonly raw: KafkaEventRecord;
  readonly record: ConsumerRecord | undefined;
  /** 1 for the first. */
  readonly attempt: number;
  readonly outcome: typeof DONE | typeof PARKED;
  readonly effects: Effects | undefined;
  /** Bytes of the effects. */
  readonly size: number;
  /** How often its conditions did not hold. */
  readonly round: number;
  /** How many records with effects may share its transaction. */
  readonly company: number;
  /** It cannot be written, and has to be parked or to fail when its turn comes. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** One lane: what is stored of it, and what waits to be written. */
export interface LaneLedger {
  readonly lane: Lane;
  readonly partition: TopicPartition;
  readonly run: LedgerRun;
  readonly epoch: number;
  readonly latest: number;
  /** As last read or written. */
  state: CheckpointState;
  /** In the order in which they were resolved. */
  pending: Entry[];
  /** How many effects wait, and their bytes. */
  effects: number;
  size: number;
  /** Attempts at records that `handle` has not returned from, by offset. */
  readonly running: Map<number, number>;
  /** Attempts that failed and are not in the state yet, by offset. */
  readonly failed: Map<number, number>;
  /** Work on the state goes one after another. */
  working: Promise<void>;
  /** Nothing can be written any more. */
  broken: boolean;
}

export type Ledgers = ReadonlyMap<Lane, LaneLedger>;

export function laneLedger(
  lane: Lane,
  partition: TopicPartition,
  read: { readonly state: CheckpointState; readonly run: LedgerRun },
): LaneLedger {
  const { state, run } = read;
  return {
    lane,
    partition,
    run,
    state,
    epoch: isOfAnotherTopic(state, lane.records) ? state.epoch + 1 : state.epoch,
    latest: latestOf(lane.records),
    pending: [],
    effects: 0,
    size: 0,
    running: new Map(),
    failed: new Map(),
    working: Promise.resolve(),
    broken: false,
  };
}

/** What is done of the topic that the lane's records are of. */
export function knownDone(ledger: LaneLedger): Intervals {
  return ledger.epoch > ledger.state.epoch ? [] : ledger.state.done;
}

export function addEntry(ledger: LaneLedger, entry: Entry): void {
  ledger.pending.push(entry);
  count(ledger, entry, 1);
}

/** Puts entries back where they were taken. */
export function returnEntries(ledger: LaneLedger, entries: readonly Entry[]): void {
  ledger.pending = [...entries, ...ledger.pending];
  for (const entry of entries) count(ledger, entry, 1);
}

export function takeEntries(ledger: LaneLedger, number: number): readonly Entry[] {
  const taken = ledger.pending.splice(0, number);
  for (const entry of taken) count(ledger, entry, -1);
  return taken;
}

export function dropEntries(ledger: LaneLedger, isDropped: (entry: Entry) => boolean): void {
  const all = takeEntries(ledger, ledger.pending.length);
  returnEntries(
    ledger,
    all.filter((entry) => !isDropped(entry)),
  );
}

function count(ledger: LaneLedger, entry: Entry, sign: 1 | -1): void {
  ledger.effects += sign * effectsOf(entry);
  ledger.size += sign * entry.size;
}

export function effectsOf(entry: Entry): number {
  return entry.effects?.writes.length ?? 0;
}
