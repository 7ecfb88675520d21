export interface RetryableErrorOptions extends ErrorOptions {
  /** Milliseconds to wait at least, as a service has asked for. */
  readonly after?: number;
}

/**
 * Throw it from `handle` for what may work in a moment: `withBackOff` tries again within the invocation. Any error with
 * `retryable: true` does.
 */
export class RetryableError extends Error {
  readonly retryable = true;
  readonly after: number | undefined;

  constructor(message: string, options: RetryableErrorOptions = {}) {
    super(message, options);
    this.name = 'RetryableError';
    this.after = options.after;
  }
}
