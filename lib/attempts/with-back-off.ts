import { checkOption } from '../errors/check-option.ts';
import type { HandleContext } from '../lanes/handle-context.ts';
import type { Handle } from '../lanes/run.ts';
import { systemTimer, type Timer } from '../lanes/time-budget.ts';

export interface BackOffOptions {
  /** Calls of `handle` for a record in one invocation, the first included: at least 1. @default 3 */
  readonly tries?: number;
  /** Milliseconds before the second call; doubled before each other one. @default 100 */
  readonly delay?: number;
  /** Milliseconds that are never exceeded. @default 5000 */
  readonly longest?: number;
  /** Whether an error may pass in a moment. @default it has `retryable: true` */
  readonly retryable?: (error: unknown) => boolean;
  /** @default setTimeout */
  readonly timer?: Timer;
  /** From 0 to 1: how much of the second half of a pause is waited. @default Math.random */
  readonly random?: () => number;
}

/**
 * Calls `handle` again, after a pause, when it fails with an error that has `retryable: true`, or that the option `retryable` knows. It gives up, and the record fails, when the tries are used
 * up, when the pause would take more than half of the time that is left, or when the invocation's signal is aborted.
 *
 * `record.attempt` stays what it is: it counts deliveries.
 *
 * @example
 * handle: withBackOff(async (record, { signal }) => { … }, { tries: 5 })
 *
 * @throws LanewiseError INVALID_OPTION
 */
export function withBackOff<Value, Key>(
  handle: Handle<Value, Key>,
  options: BackOffOptions = {},
): Handle<Value, Key> {
  const { tries = 3, delay = 100, longest = 5_000, retryable = isMarked } = options;
  const { timer = systemTimer, random = Math.random } = options;
  checkOption('tries of withBackOff', tries, Number.isInteger(tries) && tries > 0, 'a whole number from 1');
  checkOption('delay of withBackOff', delay, delay >= 0, 'milliseconds from 0');
  checkOption('longest of withBackOff', longest, longest >= 0, 'milliseconds from 0');
  return async (record, context) => {
    for (let round = 1; ; round++) {
      try {
        return await handle(record, context);
      } catch (error) {
        const planned = Math.min(longest, delay * 2 ** (round - 1));
        const pause = Math.max(askedFor(error), planned * (0.5 + random() / 2));
        if (round >= tries || !retryable(error) || !hasTime(context, pause)) throw error;
        await new Promise<void>((resolve) => void timer(resolve, pause));
        if (context.signal.aborted) throw error;
      }
    }
  };
}

function isMarked(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === true;
}

/** Milliseconds that a service wants to be left alone; what is no number asks for none. */
function askedFor(error: unknown): number {
  const { after } = Object(error);
  return typeof after === 'number' && after > 0 ? after : 0;
}

function hasTime({ remainingTime, signal }: HandleContext, pause: number): boolean {
  return !signal.aborted && pause * 2 <= remainingTime();
}
