import { LanewiseError } from '../errors/lanewise-error.ts';
import type { TimeBudget } from './time-budget.ts';

/** What `handle` gets beside the record; one for all records of an invocation. */
export interface HandleContext {
  readonly awsRequestId: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingTime: () => number;
  /**
   * Aborted when the invocation answers without having waited for the record: the record is reported and comes again, possibly while this
   * call still runs. Pass it to what you call, so that an old attempt does not run beside the new one.
   */
  readonly signal: AbortSignal;
}

export interface AbortableContext {
  readonly context: HandleContext;
  readonly abort: () => void;
}

/** The signal is made when it is first asked for: most invocations never need one. */
export function handleContext(budget: TimeBudget): AbortableContext {
  let controller: AbortController | undefined;
  let aborted = false;
  const signal = (): AbortSignal => {
    controller ??= new AbortController();
    if (aborted) controller.abort(timeIsUp());
    return controller.signal;
  };
  const abort = (): void => {
    aborted = true;
    controller?.abort(timeIsUp());
  };
  const { awsRequestId } = budget.context;
  const remainingTime = () => budget.context.getRemainingTimeInMillis();
  return {
    context: {
      awsRequestId,
      remainingTime,
      get signal() {
        return signal();
      },
    },
    abort,
  };
}

function timeIsUp(): LanewiseError {
  return new LanewiseError(
    'TIME_IS_UP',
    'the time of the invocation is up; the record is reported and comes again',
  );
}
