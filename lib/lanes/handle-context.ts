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

/** The controller is made when it is first needed: most invocations never do, and the first one in a process costs a quarter of a millisecond. */
export function handleContext({ remaining }: TimeBudget, awsRequestId: string): AbortableContext {
  let controller: AbortController | undefined;
  const abortable = () => {
    controller ??= new AbortController();
    return controller;
  };
  return {
    context: {
      awsRequestId,
      remainingTime: remaining,
      get signal() {
        return abortable().signal;
      },
    },
    abort: () => abortable().abort(timeIsUp()),
  };
}

export function timeIsUp(): LanewiseError {
  return new LanewiseError('TIME_IS_UP', 'the time of the invocation is up');
}
