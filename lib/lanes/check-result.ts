import { LanewiseError } from '../errors/lanewise-error.ts';

interface Mistaken {
  readonly writes?: unknown;
  readonly batchItemFailures?: unknown;
  /** What generators have. */
  readonly next?: unknown;
}

/**
 * What `handle` returns is dropped, and that is a mistake where its author counts on it: effects that nobody would write, failures that nobody would
 * report, a function or a generator that nobody would run.
 *
 * @throws LanewiseError INVALID_RESULT
 */
export function checkResult(result: unknown): void {
  const given = result as Mistaken | null | undefined;
  if (given?.writes ?? given?.batchItemFailures ?? (given?.next ?? given) instanceof Function)
    throw new LanewiseError(
      'INVALID_RESULT',
      'returned effects without a checkpoint, failures, a function or a generator',
    );
}
