import { setTimeout as sleep } from 'node:timers/promises';

export interface Persistence {
  /** Whether an error may pass by itself. */
  readonly isPassing: (error: unknown) => boolean;
  /** Milliseconds after which the last error is thrown. */
  readonly forMs: number;
  /** Ends the attempts at once: the caller does not want the answer any more. */
  readonly signal?: AbortSignal;
  /** Told of each error that is tried again. */
  readonly onRetry?: (error: Error) => void;
}

const firstPauseMs = 100;
const longestPauseMs = 1_000;

/** Does something until it succeeds, fails for good, or the time is over. */
export async function keepTrying<Result>(
  action: () => Promise<Result>,
  { isPassing, forMs, signal, onRetry }: Persistence,
): Promise<Result> {
  const deadline = performance.now() + forMs;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await action();
    } catch (error) {
      if (signal?.aborted === true || !isPassing(error) || performance.now() + pause > deadline) {
        throw error;
      }
      onRetry?.(error instanceof Error ? error : new Error(String(error)));
    }
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
  }
}
