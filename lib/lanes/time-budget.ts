import { LanewiseError } from '../errors/lanewise-error.ts';

/** What the runtime needs of Lambda's context. */
export interface InvocationContext {
  readonly awsRequestId: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly getRemainingTimeInMillis: () => number;
}

/** Calls back after some milliseconds, unless the function it returns is called before. */
export type Timer = (then: () => void, milliseconds: number) => () => void;

/** The time of one invocation. */
export interface TimeBudget {
  readonly context: InvocationContext;
  /** No record is started when this much time, in milliseconds, or less is left. */
  readonly margin: number;
  /** The answer is given when this much time is left, whatever is still running. */
  readonly answerAt: number;
}

/**
 * A tenth of the time, from half a second to ten seconds; never more than half of what is there. In the first half of it
 * running records may end, the second half is for the answer and for what is wrapped around the handler.
 *
 * @throws LanewiseError DEADLINE_MARGIN_TOO_LONG, rather than to send back every batch untouched for ever.
 */
export function startBudget(context: InvocationContext, margin?: number): TimeBudget {
  const remaining = remainingTime({ context });
  if (margin !== undefined && margin >= remaining) {
    throw new LanewiseError(
      'DEADLINE_MARGIN_TOO_LONG',
      `deadlineMargin is ${margin} ms, expected less than the ${remaining} ms that are left`,
    );
  }
  const chosen = margin ?? Math.min(10_000, Math.max(remaining / 10, Math.min(500, remaining / 2)));
  return { context, margin: chosen, answerAt: chosen / 2 };
}

/** Milliseconds until Lambda ends the invocation. */
export function remainingTime({ context }: Pick<TimeBudget, 'context'>): number {
  return context.getRemainingTimeInMillis();
}

export function mayStartRecord(budget: TimeBudget): boolean {
  return remainingTime(budget) > budget.margin;
}

/** Resolves when the work is done, or the time is up. */
export async function withinBudget(work: Promise<unknown>, budget: TimeBudget, timer: Timer): Promise<void> {
  const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
  const left = Math.max(0, remainingTime(budget) - budget.answerAt);
  const cancel = timer(resolve, Math.min(left, longestTimeout));
  try {
    await Promise.race([work, timeIsUp]);
  } finally {
    cancel();
  }
}

/** Above it `setTimeout` fires at once. */
const longestTimeout = 2 ** 31 - 1;

export const systemTimer: Timer = (then, milliseconds) => {
  const timeout = setTimeout(then, milliseconds);
  return () => clearTimeout(timeout);
};
