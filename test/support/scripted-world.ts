import {
  type ConsumerRecord,
  type HandleContext,
  type Park,
  PermanentError,
  type Timer,
} from '../../lib/index.ts';
import { aLambdaContext, aRecord, type TestRecord } from '../../lib/testing/index.ts';

/** What happens to a record when it is handled. */
export type Fate =
  | { readonly kind: 'succeeds' }
  | { readonly kind: 'fails'; readonly times: number }
  | { readonly kind: 'hangs'; readonly times: number }
  | { readonly kind: 'permanent' }
  | { readonly kind: 'undecodable' };

export interface RecordPlan {
  readonly partition: number;
  /** Offsets that are missing before it: compacted, filtered, or a transaction's marker. */
  readonly gap: number;
  readonly key: string | null;
  readonly tombstone: boolean;
  readonly fate: Fate;
  /** Microtasks that `handle` takes; with 0 it is synchronous. */
  readonly ticks: number;
  /** Milliseconds on the world's clock. */
  readonly cost: number;
  /** How often `park` rejects when it is to be parked. */
  readonly parkFails: number;
}

/**
 * `started` and what follows it; `parked` also without `started`, when the record could not be decoded. `late` is the good end of a
 * call of an earlier invocation, which was answered without it.
 */
export interface Happening {
  readonly kind: 'started' | 'done' | 'failed' | 'parked' | 'late';
  readonly record: string;
  readonly invocation: number;
  /** What was left of the function's time, in milliseconds. */
  readonly remaining: number;
}

export interface World {
  readonly records: readonly TestRecord[];
  readonly planOf: (record: string) => RecordPlan | undefined;
  readonly happenings: readonly Happening[];
  readonly handle: (record: ConsumerRecord, context: HandleContext) => unknown;
  readonly park: Park;
  readonly timer: Timer;
  /** Begins an invocation. */
  readonly context: () => ReturnType<typeof aLambdaContext>;
  /** Lets every call that hangs come to its end, which may be after its invocation was answered. */
  readonly releaseLate: () => void;
  /** The most calls that ever ran at once. */
  readonly peak: () => number;
}

interface State {
  now: number;
  invocation: number;
  running: number;
  peak: number;
  context: ReturnType<typeof aLambdaContext>;
  readonly attempts: Map<string, number>;
  readonly parkings: Map<string, number>;
  readonly happenings: Happening[];
  readonly hanging: (() => void)[];
}

export const positionOf = (record: { topic: string; partition: number; offset: number }) =>
  `${record.topic}-${record.partition}@${record.offset}`;

/** A world in which a consumer's work goes as planned, on a clock of its own. */
export function scriptedWorld(plans: readonly RecordPlan[], timeout = 30_000): World {
  const records = recordsOf(plans);
  const planned = new Map(records.map((record, index) => [positionOf(record), plans[index]]));
  const state: State = {
    now: 0,
    invocation: 0,
    running: 0,
    peak: 0,
    context: aLambdaContext({ timeout }),
    attempts: new Map(),
    parkings: new Map(),
    happenings: [],
    hanging: [],
  };
  const context = () => {
    state.invocation++;
    state.context = aLambdaContext({ timeout, now: () => state.now });
    return state.context;
  };
  return {
    records,
    planOf: (record) => planned.get(record),
    happenings: state.happenings,
    handle: (record) => handle(String(record), planned.get(String(record)), state),
    park: async (record) => park(String(record), planned.get(String(record)), state),
    timer: idleTimer(state),
    context,
    releaseLate: () => state.hanging.splice(0).forEach((release) => void release()),
    peak: () => state.peak,
  };
}

function recordsOf(plans: readonly RecordPlan[]): readonly TestRecord[] {
  const next = new Map<number, number>();
  return plans.map(({ partition, gap, key, tombstone, fate }) => {
    const offset = (next.get(partition) ?? 0) + gap;
    next.set(partition, offset + 1);
    const value = fate.kind === 'undecodable' ? '{"broken' : tombstone ? null : { offset };
    return aRecord({ partition, offset, key, value });
  });
}

function handle(record: string, plan: RecordPlan | undefined, state: State): unknown {
  if (plan === undefined) throw new Error(`${record} was never delivered`);
  const attempt = count(state.attempts, record);
  tell(state, 'started', record);
  state.now += plan.cost;
  state.peak = Math.max(state.peak, ++state.running);
  const { fate } = plan;
  if (fate.kind === 'hangs' && attempt <= fate.times) return hang(record, state);
  const fails = fate.kind === 'permanent' || (fate.kind === 'fails' && attempt <= fate.times);
  if (plan.ticks === 0) return end(record, fails ? fate : undefined, state);
  return later(plan.ticks).then(() => end(record, fails ? fate : undefined, state));
}

function park(record: string, plan: RecordPlan | undefined, state: State): void {
  if (count(state.parkings, record) <= (plan?.parkFails ?? 0)) throw new Error('no room');
  tell(state, 'parked', record);
}

function count(counts: Map<string, number>, record: string): number {
  const next = (counts.get(record) ?? 0) + 1;
  counts.set(record, next);
  return next;
}

function end(record: string, failure: Fate | undefined, state: State): void {
  state.running--;
  tell(state, failure === undefined ? 'done' : 'failed', record);
  if (failure?.kind === 'permanent') throw new PermanentError('never');
  if (failure !== undefined) throw new Error('not now');
}

function hang(record: string, state: State): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const begun = state.invocation;
  state.hanging.push(resolve);
  return promise.then(() => {
    state.running--;
    tell(state, begun === state.invocation ? 'done' : 'late', record);
  });
}

async function later(ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) await undefined;
}

/** Fires once nothing but hanging calls is left, and moves the clock to the moment for which it was set. */
function idleTimer(state: State): Timer {
  return (then, milliseconds) => {
    const due = state.now + milliseconds;
    const immediate = setImmediate(() => {
      state.now = Math.max(state.now, due);
      then();
    });
    return () => clearImmediate(immediate);
  };
}

function tell(state: State, kind: Happening['kind'], record: string): void {
  const remaining = state.context.getRemainingTimeInMillis();
  state.happenings.push({ kind, record, invocation: state.invocation, remaining });
}
