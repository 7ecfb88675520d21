/** How many invocations may run at once; several functions may share one limit, as those of an account do. */
export interface ConcurrencyLimit {
  /** Lambda's name for the limit in a throttle. */
  readonly reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded';
  /** `false` when the limit is reached: the invocation is throttled. */
  tryAcquire(): boolean;
  release(): void;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export function createConcurrencyLimit(
  maximum: number,
  reason: ConcurrencyLimit['reason'],
): ConcurrencyLimit {
  let running = 0;
  return {
    reason,
    tryAcquire: () => {
      if (running >= maximum) return false;
      running += 1;
      return true;
    },
    release: () => {
      running -= 1;
    },
  };
}
