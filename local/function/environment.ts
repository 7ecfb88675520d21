/** One execution environment, seen from outside: it serves one invocation at a time. */
import { type Deadline, startDeadline } from './deadline.ts';
import { startThread } from './environment-host.ts';
import type { Inspection } from './function-options.ts';
import { startProcess } from './inspect/start-process.ts';
import type { EnvironmentSettings, InvokeMessage, WorkerMessage } from './protocol.ts';

/** How a step of an environment (its init phase, an invocation) ended. */
export type Ending =
  | Exclude<WorkerMessage, { readonly kind: 'log' }>
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'out-of-memory' }
  /** Ended from outside: a fault on purpose, or the whole function stops. */
  | { readonly kind: 'killed' }
  | { readonly kind: 'stopped' };

export interface Environment {
  /** Waits for the init phase. Once. */
  ready(limits: InitLimits): Promise<Ending>;
  /** `limit` in milliseconds, after which it is terminated; time in which a debugger holds it does not count. */
  invoke(invocation: InvokeMessage, limit: number): Promise<Ending>;
  /** Ends it at once; what runs ends with `as`. */
  terminate(as: 'killed' | 'stopped'): Promise<void>;
  alive(): boolean;
}

/** In milliseconds. */
export interface InitLimits {
  readonly first: number;
  /** What the init phase may take when it begins anew, because `first` was too short. It is taken from the first invocation. */
  readonly again: number;
}

export interface EnvironmentOptions {
  readonly settings: EnvironmentSettings;
  readonly variables: Readonly<Record<string, string>>;
  readonly onLog: (requestId: string | undefined, lines: readonly string[]) => void;
  readonly inspect?: Inspection | undefined;
}

/** Throws when Node refuses its options (`NODE_OPTIONS` of the template). */
export function startEnvironment(options: EnvironmentOptions): Environment {
  let runtime = startRuntime(options);
  let isTerminated = false;
  let spent = 0;
  return {
    ready: async ({ first, again }) => {
      const ending = await runtime.ready(first);
      if (ending.kind !== 'timed-out' || isTerminated) return ending;
      options.onLog(undefined, [
        `INIT_REPORT Init Duration: ${first.toFixed(2)} ms Phase: init Status: timeout`,
      ]);
      runtime = startRuntime(options);
      const since = performance.now();
      const second = await runtime.ready(again);
      spent = performance.now() - since;
      return second;
    },
    invoke: (invocation, limit) => {
      const left = { ...invocation, deadline: invocation.deadline - spent };
      const ending = runtime.invoke(left, limit - spent);
      spent = 0;
      return ending;
    },
    terminate: async (as) => {
      isTerminated = true;
      await runtime.terminate(as);
    },
    alive: () => runtime.alive(),
  };
}

/** What runs in an environment, from its init phase to its end. */
interface Runtime extends Omit<Environment, 'ready'> {
  ready(limit: number): Promise<Ending>;
}

function startRuntime(options: EnvironmentOptions): Runtime {
  const steps = createSteps();
  let deadline: Deadline | undefined;
  let isHeld = false;
  const events = {
    message: (message: WorkerMessage) => receive(message, steps, options),
    ended: steps.end,
    held: (held: boolean) => {
      isHeld = held;
      if (held) deadline?.hold();
      else deadline?.release();
      options.inspect?.onHeld(held);
    },
  };
  const { inspect } = options;
  const host = inspect ? startProcess(options, { events, inspect }) : startThread(options, events);
  const terminate = async (ending: Ending): Promise<void> => {
    steps.end(ending);
    await host.terminate();
  };
  const step = (limit: number, begin: () => void): Promise<Ending> => {
    const started = startDeadline(limit, () => void terminate({ kind: 'timed-out' }));
    if (isHeld) started.hold();
    deadline = started;
    return steps.next(begin).finally(() => {
      started.cancel();
      deadline = undefined;
    });
  };
  return {
    ready: (limit) => step(limit, () => undefined),
    invoke: (invocation, limit) => step(limit, () => host.post(invocation)),
    terminate: (as) => terminate({ kind: as }),
    alive: steps.alive,
  };
}

function receive(message: WorkerMessage, steps: Steps, { onLog }: EnvironmentOptions): void {
  if (message.kind === 'log') onLog(message.requestId, message.lines);
  else if (message.kind === 'crashed') steps.end(message);
  else steps.settle(message);
}

interface Steps {
  /** Begins a step and waits for its ending; at once when everything has ended before. */
  next(begin: () => void): Promise<Ending>;
  settle(ending: Ending): void;
  /** The environment is gone: this step ends so, and every later one. */
  end(ending: Ending): void;
  alive(): boolean;
}

function createSteps(): Steps {
  let ended: Ending | undefined;
  let resolveStep: ((ending: Ending) => void) | undefined;
  const settle = (ending: Ending): void => {
    resolveStep?.(ending);
    resolveStep = undefined;
  };
  return {
    settle,
    next: (begin) =>
      new Promise((resolve) => {
        if (ended !== undefined) return resolve(ended);
        resolveStep = resolve;
        begin();
      }),
    end: (ending) => {
      ended ??= ending;
      settle(ended);
    },
    alive: () => ended === undefined,
  };
}
