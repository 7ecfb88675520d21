/** One execution environment, seen from outside: a worker thread that serves one invocation at a time. */
import { Worker } from 'node:worker_threads';
import type { EnvironmentSettings, InvokeMessage, LambdaError, WorkerMessage } from './protocol.ts';

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
  /** Waits for the init phase; `limit` in milliseconds. Once. */
  ready(limit: number): Promise<Ending>;
  /** `limit` in milliseconds, after which the worker is terminated. */
  invoke(invocation: InvokeMessage, limit: number): Promise<Ending>;
  /** Ends the worker at once; what runs ends with `as`. */
  terminate(as: 'killed' | 'stopped'): Promise<void>;
  alive(): boolean;
}

export interface EnvironmentOptions {
  readonly settings: EnvironmentSettings;
  readonly variables: Readonly<Record<string, string>>;
  readonly onLog: (requestId: string | undefined, lines: readonly string[]) => void;
}

const workerFile = new URL('./worker/environment-worker.ts', import.meta.url);

/** Starts a worker; throws when Node refuses its options (`NODE_OPTIONS` of the template). */
export function startEnvironment(options: EnvironmentOptions): Environment {
  const worker = createWorker(options);
  const steps = createSteps();
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'log') options.onLog(message.requestId, message.lines);
    else if (message.kind === 'crashed') steps.end(message);
    else steps.settle(message);
  });
  worker.on('error', (error) => steps.end(endingOf(error)));
  worker.on('exit', (exitCode) => steps.end({ kind: 'exited', exitCode }));
  // After the listeners, which hold it. Only a running step keeps the process alive, through its deadline.
  worker.unref();

  const terminate = async (ending: Ending): Promise<void> => {
    steps.end(ending);
    await worker.terminate();
  };
  const step = (limit: number, begin: () => void): Promise<Ending> => {
    const cancel = startDeadline(limit, () => void terminate({ kind: 'timed-out' }));
    return steps.next(begin).finally(cancel);
  };
  return {
    ready: (limit) => step(limit, () => undefined),
    invoke: (invocation, limit) => step(limit, () => worker.postMessage(invocation)),
    terminate: (as) => terminate({ kind: as }),
    alive: steps.alive,
  };
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

function createWorker({ settings, variables }: EnvironmentOptions): Worker {
  return new Worker(workerFile, {
    name: settings.functionName,
    workerData: settings,
    env: { ...variables },
    // The flags of this process (a test runner's, a debugger's) are not the function's.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: settings.memorySize },
  });
}

/** Calls `over` after `limit` milliseconds; returns how to cancel it. */
function startDeadline(limit: number, over: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    // When this thread was busy for long, the answer may lie in the queue behind the timer: read it first.
    immediate = setImmediate(() => {
      immediate = setImmediate(over);
    });
  }, limit);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

function endingOf(error: unknown): Ending {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'out-of-memory' };
  return { kind: 'crashed', error: crashError(error) };
}

function crashError(error: unknown): LambdaError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
