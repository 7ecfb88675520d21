import { LanewiseError } from '../errors/lanewise-error.ts';
import type { Handle } from '../lanes/run.ts';
import { systemTimer, type Timer } from '../lanes/time-budget.ts';

/**
 * Gives each record a time of its own: after it, `context.signal` is aborted and the record fails. A `handle` that ignores its signal goes on beside the
 * next records; what it returns then is dropped, effects too.
 *
 * @param milliseconds more than 0
 * @example
 * handle: withTimeout(async (record, { signal }) => { await send(record.value, { signal }); }, 2_000)
 *
 * @throws LanewiseError INVALID_OPTION
 */
export function withTimeout<Value, Key>(
  handle: Handle<Value, Key>,
  milliseconds: number,
  timer: Timer = systemTimer,
): Handle<Value, Key> {
  if (!(milliseconds > 0 && milliseconds < 2 ** 31)) {
    throw new LanewiseError(
      'INVALID_OPTION',
      `withTimeout was given ${milliseconds}, expected milliseconds above 0 and below 2^31`,
    );
  }
  return async (record, context) => {
    const controller = new AbortController();
    const { promise: timeout, reject } = Promise.withResolvers<never>();
    const end = () => {
      const error = new LanewiseError(
        'RECORD_TIMEOUT',
        `handle took longer than ${milliseconds} ms at ${record}`,
      );
      controller.abort(error);
      reject(error);
    };
    const cancel = timer(end, milliseconds);
    const { awsRequestId, remainingTime } = context;
    const signal = AbortSignal.any([context.signal, controller.signal]);
    try {
      return await Promise.race([handle(record, { awsRequestId, remainingTime, signal }), timeout]);
    } finally {
      cancel();
    }
  };
}
