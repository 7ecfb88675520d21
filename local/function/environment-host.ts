/** What carries an execution environment: a worker thread, or a process of its own when a debugger is to stop in it. */
import { Worker } from 'node:worker_threads';
import { ownModule } from '../own-module.ts';
import type { Ending, EnvironmentOptions } from './environment.ts';
import type { InvokeMessage, LambdaError, WorkerMessage } from './protocol.ts';

export interface EnvironmentHost {
  post(invocation: InvokeMessage): void;
  /** Ends it at once, whatever it does. */
  terminate(): Promise<void>;
}

export interface HostEvents {
  message(message: WorkerMessage): void;
  /** It is gone, for this reason. */
  ended(ending: Ending): void;
  /** A debugger has stopped it, or has let it go on. */
  held(isHeld: boolean): void;
}

export const workerFile = ownModule('./worker/environment-worker', import.meta.url);

/**
 * Three semi-spaces of 6 MB, as in a small function on Lambda (*assumed*: AWS documents no such number). By V8's own default, which is larger, every environment
 * would take its share of the memory of this one process.
 */
const maxYoungGenerationSizeMb = 18;

/** Node looks for its cache before any code of ours runs; the handler does not see the variable. */
export function environmentOf(
  { compileCache }: EnvironmentOptions['settings'],
  variables: EnvironmentOptions['variables'],
): Record<string, string> {
  return { ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }), ...variables };
}

/** Starts a worker; throws when Node refuses its options (`NODE_OPTIONS` of the template). */
export function startThread(
  { settings, variables }: EnvironmentOptions,
  events: HostEvents,
): EnvironmentHost {
  const worker = new Worker(workerFile, {
    name: settings.functionName,
    workerData: settings,
    env: environmentOf(settings, variables),
    // The flags of this process (a test runner's, a debugger's) are not the function's.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: settings.memorySize, maxYoungGenerationSizeMb },
  });
  worker.on('message', events.message);
  worker.on('error', (error) => events.ended(endingOf(error)));
  worker.on('exit', (exitCode) => events.ended({ kind: 'exited', exitCode }));
  // After the listeners, which hold it. Only a running step keeps the process alive, through its deadline.
  worker.unref();
  return {
    post: (invocation) => worker.postMessage(invocation),
    terminate: async () => {
      await worker.terminate();
    },
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
