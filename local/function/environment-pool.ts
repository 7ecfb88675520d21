import type { Environment } from './environment.ts';

/** What became of the wish for an environment. */
export type Taken<Failure> =
  | { readonly kind: 'taken'; readonly environment: Environment }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

export interface PoolOptions<Failure> {
  /** Environments at once; who comes later waits. */
  readonly maximum: number;
  /** Starts an environment; its init phase follows. Throws never. */
  readonly start: () => Starting<Failure>;
}

export type Starting<Failure> =
  | { readonly kind: 'failed'; readonly failure: Failure }
  | {
      readonly kind: 'started';
      readonly environment: Environment;
      /** `undefined` when the init phase succeeded. */
      readonly initialised: Promise<Failure | undefined>;
    };

export interface EnvironmentPool<Failure> {
  /** A warm environment, or a new one; waits for its turn when as many as allowed are busy. */
  take(): Promise<Taken<Failure>>;
  /** Gives an environment back: kept warm when it lives and runs the current code. */
  release(environment: Environment): void;
  /** From now on only new environments serve, this one first; idle ones end, busy ones end when they are given back. */
  renew(first?: Environment): Promise<void>;
  stop(): Promise<void>;
  size(): number;
}

interface PoolState {
  /** All that may be alive. */
  readonly environments: Set<Environment>;
  /** Run code that was replaced. */
  readonly outdated: WeakSet<Environment>;
  readonly waiting: (() => void)[];
  /** The one used last is at the end and taken first, so that few stay warm under little load. */
  idle: Environment[];
  places: number;
  stopped: boolean;
}

export function createEnvironmentPool<Failure>(options: PoolOptions<Failure>): EnvironmentPool<Failure> {
  const state: PoolState = {
    environments: new Set(),
    outdated: new WeakSet(),
    waiting: [],
    idle: [],
    places: options.maximum,
    stopped: false,
  };
  return {
    take: () => take(state, options.start),
    release: (environment) => release(state, environment),
    renew: async (first) => {
      for (const environment of state.environments) state.outdated.add(environment);
      const old = state.idle.splice(0);
      if (first !== undefined) keepWarm(state, first);
      await end(state, old);
    },
    stop: async () => {
      state.stopped = true;
      for (const wake of state.waiting.splice(0)) wake();
      await end(state, [...state.environments]);
    },
    size: () => state.environments.size,
  };
}

async function take<Failure>(
  state: PoolState,
  start: PoolOptions<Failure>['start'],
): Promise<Taken<Failure>> {
  if (state.places > 0) state.places -= 1;
  else await new Promise<void>((resolve) => state.waiting.push(resolve));
  if (state.stopped) return { kind: 'stopped' };
  const warm = takeWarm(state);
  if (warm !== undefined) return { kind: 'taken', environment: warm };
  const starting = start();
  if (starting.kind === 'failed') {
    leavePlace(state);
    return starting;
  }
  return await initialise(state, starting);
}

async function initialise<Failure>(
  state: PoolState,
  { environment, initialised }: Extract<Starting<Failure>, { readonly kind: 'started' }>,
): Promise<Taken<Failure>> {
  state.environments.add(environment);
  const failure = await initialised;
  if (failure === undefined) return { kind: 'taken', environment };
  leavePlace(state);
  await end(state, [environment]);
  return { kind: 'failed', failure };
}

function takeWarm(state: PoolState): Environment | undefined {
  while (state.idle.length > 0) {
    const environment = state.idle.pop();
    if (environment?.alive()) return environment;
    if (environment !== undefined) state.environments.delete(environment);
  }
  return undefined;
}

function release(state: PoolState, environment: Environment): void {
  if (environment.alive() && !state.outdated.has(environment) && !state.stopped) state.idle.push(environment);
  else void end(state, [environment]);
  leavePlace(state);
}

function keepWarm(state: PoolState, environment: Environment): void {
  if (state.stopped) return void end(state, [environment]);
  state.environments.add(environment);
  state.idle.push(environment);
}

/** The place goes to who waits longest. */
function leavePlace(state: PoolState): void {
  const next = state.waiting.shift();
  if (next === undefined) state.places += 1;
  else next();
}

async function end(state: PoolState, environments: readonly Environment[]): Promise<void> {
  for (const environment of environments) state.environments.delete(environment);
  await Promise.all(environments.map((environment) => environment.terminate('stopped')));
}
