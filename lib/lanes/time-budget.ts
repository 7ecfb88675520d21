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
  const remaining = context.getRemainingTimeInMillis();
  if (margin !== undefined && margin >= remaining) {
    throw new LanewiseError(
      'DEADLINE_MARGIN_TOO_LONG',
      `deadlineMargin is ${margin} ms and only ${remaining} ms are left, so that no record could be started; make it shorter or the function's timeout longer`,
    );
  }
  const chosen = margin ?? Math.min(10_000, Math.max(remaining / 10, Math.min(500, remaining / 2)));
  return { context, margin: chosen, answerAt: chosen / 2 };
}

export function mayStartRecord(budget: TimeBudget): boolean {
  return budget.context.getRemainingTimeInMillis() > budget.margin;
}

/** `false` when the time was up before the work was done. */
export async function withinBudget(
  work: Promise<unknown>,
  budget: TimeBudget,
  timer: Timer,
): Promise<boolean> {
  const { promise: timeIsUp, resolve } = Promise.withResolvers<boolean>();
  const left = Math.max(0, budget.context.getRemainingTimeInMillis() - budget.answerAt);
  const cancel = timer(() => resolve(false), Math.min(left, longestTimeout));
  try {
    return await Promise.race([work.then(() => true), timeIsUp]);
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
