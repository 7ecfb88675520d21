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
  /** Milliseconds until Lambda ends the invocation. */
  readonly remaining: () => number;
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
  const remaining = () => context.getRemainingTimeInMillis();
  const left = remaining();
  if (margin && margin >= left) {
    throw new LanewiseError(
      'DEADLINE_MARGIN_TOO_LONG',
      `deadlineMargin is ${margin} ms, expected less than the ${left} ms that are left`,
    );
  }
  const chosen = margin ?? Math.min(10_000, Math.max(left / 10, Math.min(500, left / 2)));
  return { remaining, margin: chosen, answerAt: chosen / 2 };
}

export function mayStartRecord(budget: TimeBudget): boolean {
  return budget.remaining() > budget.margin;
}

/** Resolves when the work is done, or the time is up. */
export async function withinBudget(work: Promise<unknown>, budget: TimeBudget, timer: Timer): Promise<void> {
  const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
  const left = Math.max(0, budget.remaining() - budget.answerAt);
  // Above it `setTimeout` fires at once.
  const cancel = timer(resolve, Math.min(left, 2 ** 31 - 1));
  try {
    await Promise.race([work, timeIsUp]);
  } finally {
    cancel();
  }
}

export const systemTimer: Timer = (then, milliseconds) => {
  const timeout = setTimeout(then, milliseconds);
  return () => clearTimeout(timeout);
};
