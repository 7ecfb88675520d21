export { RetryableError, type RetryableErrorOptions } from './retryable-error.ts';
export { type BackOffOptions, withBackOff } from './with-back-off.ts';
export { withTimeout } from './with-timeout.ts';
