/** A mapping in real time: feeds inputs to the core one after the other and hands its commands out. */
import type { Clock } from '../../clock.ts';
import type { GroupMember } from '../../source/record-source.ts';
import { applyInput } from '../apply-input.ts';
import { isQuiet } from '../lifecycle/apply-lifecycle.ts';
import type { MappingInput } from '../mapping-input.ts';
import type { MappingCommand } from '../mapping-output.ts';
import type { MappingState } from '../mapping-state.ts';
import { isDrained } from '../observe/status.ts';
import { backOffDelay } from '../work/back-off.ts';
import type { MappingPorts } from './mapping-ports.ts';

export interface MappingRun {
  readonly state: MappingState;
  readonly ports: MappingPorts;
  readonly clock: Clock;
  readonly inbox: MappingInput[];
  readonly execute: (run: MappingRun, command: MappingCommand) => void;
  /** The member that reads now; absent before joining and while disabled. */
  member: GroupMember | undefined;
  /** How often it began to join; only the last one counts. */
  joins: number;
  /** Partitions that the group gave, each with the number of that assignment. */
  readonly held: Map<number, number>;
  assignments: number;
  /** Assignments whose positions are being looked up. */
  locating: number;
  /** Partitions of the topic when it was joined first (R57). */
  known: ReadonlySet<number> | undefined;
  /** Where partitions without a commit were started, for when they come back. */
  readonly startedAt: Map<number, number>;
  readonly waiters: Set<() => void>;
  applying: boolean;
  /** Nothing is applied or executed any more. */
  closed: boolean;
  cancelWake: () => void;
}

/** Applies an input; one that arrives while another is being applied waits its turn. */
export function apply(run: MappingRun, input: MappingInput): void {
  run.inbox.push(input);
  if (run.applying) return;
  run.applying = true;
  try {
    for (let next = run.inbox.shift(); next !== undefined; next = run.inbox.shift()) applyOne(run, next);
  } finally {
    run.applying = false;
  }
  for (const waiter of run.waiters) waiter();
}

function applyOne(run: MappingRun, input: MappingInput): void {
  if (run.closed) return;
  const { commands, notices } = applyInput(run.state, input, run.clock.now());
  for (const notice of notices) run.ports.observer?.(notice);
  for (const command of commands) run.execute(run, command);
}

/** Resolves when `done` holds; looked at after each input. */
export function waitFor(run: MappingRun, done: () => boolean): Promise<void> {
  if (done()) return Promise.resolve();
  return new Promise((resolve) => {
    const waiter = () => {
      if (!done()) return;
      run.waiters.delete(waiter);
      resolve();
    };
    run.waiters.add(waiter);
  });
}

/** Tries until it works, with back-off between; each failure shows as a problem. `undefined` when `cancelled` holds. */
export async function persist<T>(
  run: MappingRun,
  work: () => Promise<T>,
  cancelled: () => boolean,
): Promise<T | undefined> {
  for (let failures = 1; !cancelled(); failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (cancelled()) return undefined;
      apply(run, { kind: 'trouble', message: messageOf(error) });
      const { knobs, random } = run.state.settings;
      await pause(run, backOffDelay(knobs.backoff, failures, random));
    }
  }
  return undefined;
}

function pause(run: MappingRun, ms: number): Promise<void> {
  return new Promise((resolve) => {
    run.clock.setTimer(ms, resolve);
  });
}

export function runIsDrained(run: MappingRun): boolean {
  if (run.state.lifecycle === 'Disabled') return true;
  return run.member !== undefined && run.locating === 0 && isDrained(run.state);
}

export function runIsQuiet(run: MappingRun): boolean {
  return isQuiet(run.state);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
