import { createTimerHeap, setTimer, type TimerHeap } from '../../../local/mapping/support/timer-heap.ts';
import { type Random, randomInteger, seededRandom } from '../../../local/random.ts';
import type { Engine } from '../engine.ts';
import type { Plan } from '../plan/plan.ts';
import { START } from '../plan/plan-records.ts';
import { createLog, type SimLog } from './ledger.ts';
import type { Member } from './member.ts';
import { createSimFunction, type SimFunction } from './sim-function.ts';
import { type AttemptLimits, attemptLimits } from './tenure.ts';

export type Action = () => void | Promise<void>;

/** Everything there is: the topic, the group, the function, the members of the group and time. */
export interface World {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly random: Random;
  readonly actions: TimerHeap<Action>;
  readonly logs: readonly SimLog[];
  readonly sim: SimFunction;
  readonly limits: AttemptLimits;
  /** All that ever were, by number. */
  readonly members: Member[];
  /** Which member has each partition. */
  readonly owners: (Member | undefined)[];
  /** Of the group: partition to the offset of the next record to read. */
  readonly committed: Map<number, number>;
  readonly tally: WorldTally;
  /** Milliseconds since the start; never runs backwards. */
  time: number;
  /** What the machine's clock is ahead of that. */
  clockOffset: number;
  /** The latest that the machine's clock ever was when it was set back; epoch milliseconds. */
  latestWall: number;
  faultsLeft: number;
  /** Disturbances and writes that are still to come. */
  expected: number;
  /** Whether the topic has lost records before they were read. */
  truncated: boolean;
  /** Changes of the group. */
  generation: number;
  hash: number;
  readonly story: StoryLine[] | undefined;
}

export interface StoryLine {
  readonly time: number;
  readonly partitions: readonly number[];
  readonly text: string;
}

export interface WorldTally {
  records: number;
  deliveries: number;
  invocations: number;
  faults: number;
}

export function createWorld(plan: Plan, engine: Engine, traced: boolean): World {
  const logs = plan.partitions.map((partition, number) => createLog(partition, number, plan.ordering));
  const records = logs.reduce((sum, log) => sum + log.records.length, 0);
  return {
    plan,
    engine,
    random: seededRandom(plan.seed ^ 0x5bd1e995),
    actions: createTimerHeap(),
    logs,
    sim: createSimFunction(plan, logs),
    limits: attemptLimits(plan),
    members: [],
    owners: logs.map(() => undefined),
    committed: new Map(),
    tally: { records, deliveries: 0, invocations: 0, faults: 0 },
    time: 0,
    clockOffset: 0,
    latestWall: START,
    faultsLeft: plan.faults.budget,
    expected: 0,
    truncated: false,
    generation: 0,
    hash: 0x811c9dc5,
    story: traced ? [] : undefined,
  };
}

/** Epoch milliseconds, as the machine's clock has them. */
export function wallTime(world: World): number {
  return START + world.time + world.clockOffset;
}

export function later(world: World, delay: number, action: Action): void {
  setTimer(world.actions, world.time + delay, action);
}

/** A delay as a network and a broker have it, in milliseconds. */
export function latency(world: World): number {
  return randomInteger(world.random, 0, 20);
}

/** Whether a fault happens now; their number is bounded, so that every run comes to an end. */
export function faultStrikes(world: World, rate: number): boolean {
  if (rate === 0 || world.faultsLeft === 0 || world.random() >= rate) return false;
  world.faultsLeft -= 1;
  world.tally.faults += 1;
  return true;
}

/** I10: the same seed gives the same run; what happened goes into a number that tells two runs apart. */
export function remember(world: World, ...facts: readonly number[]): void {
  let { hash } = world;
  for (const fact of [world.time, ...facts]) hash = Math.imul(hash ^ (fact | 0), 0x01000193);
  world.hash = hash >>> 0;
}

export function tell(world: World, partitions: readonly number[], text: () => string): void {
  world.story?.push({ time: world.time, partitions, text: text() });
}
