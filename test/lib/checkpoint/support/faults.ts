import type { Timer } from '../../../../lib/index.ts';

/** What happens to an environment at one of its await points, a call of the database or of `handle`. */
export type Fault =
  /** The environment is gone, before the call or after it. */
  | 'crash-before'
  | 'crash-after'
  /** It hangs, is given up, and goes on beside the environments that come after it: a zombie. */
  | 'stall-before'
  | 'stall-after'
  /** The call hangs until the time of the invocation is up. */
  | 'deadline'
  /** Of a request only: it was carried out, and the network lost the answer. */
  | 'answer-lost'
  /** Of a request only: the answer was lost, and the SDK has sent it again. */
  | 'sent-twice'
  /** Of a request, and of some after it: a throttle, or another transaction at the same items. */
  | 'busy';

export interface EnvironmentPlan {
  readonly fault: Fault | undefined;
  /** At which await point, counted from 0. */
  readonly at: number;
  /** How many invocations a zombie stays away. */
  readonly rounds: number;
  /** Turns of the event loop that each call takes, so that environments take turns in many ways. */
  readonly delay: number;
}

/** One invocation's environment. `lost` resolves when nobody waits for its answer any more. */
export interface Environment {
  readonly call: <T>(work: () => Promise<T>, command?: string) => Promise<T>;
  readonly timer: Timer;
  readonly lost: Promise<'lost'>;
}

/** Counts invocations, and wakes zombies when their time has come. */
export class Rounds {
  #round = 0;
  readonly #waiting: { readonly until: number; readonly wake: () => void }[] = [];

  wait(rounds: number): Promise<void> {
    return new Promise((wake) => void this.#waiting.push({ until: this.#round + rounds, wake }));
  }

  next(): void {
    this.#round++;
    for (const { until, wake } of this.#waiting) if (until <= this.#round) wake();
  }

  /** Wakes them all. */
  end(): void {
    this.#round = Number.POSITIVE_INFINITY;
    this.next();
  }
}

export function environment(plan: EnvironmentPlan, rounds: Rounds): Environment {
  const { promise: lost, resolve } = Promise.withResolvers<'lost'>();
  const lose = () => resolve('lost');
  const deadline = deadlineTimer();
  let point = 0;
  const call = async <T>(work: () => Promise<T>, command?: string): Promise<T> => {
    const fault = faultAt(point++, command, plan);
    for (let turn = 0; turn < plan.delay; turn++) await null;
    if (fault === 'crash-before') return await gone(lose);
    if (fault === 'stall-before' || fault === 'deadline') await stall(fault);
    if (fault === 'busy') throw busyError(command);
    if (fault === 'sent-twice') await work();
    const result = await work();
    if (fault === 'answer-lost') throw namedError('TimeoutError');
    if (fault === 'crash-after') return await gone(lose);
    if (fault === 'stall-after') await stall(fault);
    return result;
  };
  const stall = (fault: Fault) => {
    if (fault === 'deadline') deadline.fire();
    else lose();
    return rounds.wait(plan.rounds);
  };
  return { call, timer: deadline.timer, lost };
}

function faultAt(point: number, command: string | undefined, plan: EnvironmentPlan): Fault | undefined {
  const { at, fault, rounds } = plan;
  switch (fault) {
    case 'busy':
      return command !== undefined && point >= at && point <= at + 2 * rounds ? fault : undefined;
    // A transaction has a token, so that DynamoDB carries it out once.
    case 'sent-twice':
      return command === 'PutCommand' && point === at ? fault : undefined;
    case 'answer-lost':
      return command !== undefined && point === at ? fault : undefined;
    default:
      return point === at ? fault : undefined;
  }
}

function busyError(command: string | undefined): Error {
  if (command === 'PutCommand') return namedError('TransactionConflictException');
  const CancellationReasons = [{ Code: 'None' }, { Code: 'TransactionConflict' }];
  return command === 'TransactWriteCommand'
    ? Object.assign(namedError('TransactionCanceledException'), { CancellationReasons })
    : namedError('ProvisionedThroughputExceededException');
}

function namedError(name: string): Error {
  return Object.assign(new Error('as a fault'), { name });
}

function gone(lose: () => void): Promise<never> {
  lose();
  return new Promise(() => {});
}

/** Pauses end at once; the deadline comes when it is fired, and from then on whatever waits for it ends at once too. */
function deadlineTimer() {
  const waiting: (() => void)[] = [];
  let over = false;
  const timer: Timer = (then, milliseconds) => {
    if (over || milliseconds < 5_000) queueMicrotask(then);
    else waiting.push(then);
    return () => {};
  };
  const fire = () => {
    over = true;
    for (const then of waiting) then();
  };
  return { timer, fire };
}
