import type { ErrorCode } from './error-codes.ts';

/** An error of the runtime. Its message carries positions, sizes and names, never a payload. */
export class LanewiseError extends Error {
  override name = 'LanewiseError';
  /** One of the codes of docs/errors.md, or the code that a `PermanentError` was given. */
  declare readonly code: ErrorCode | (string & {});

  constructor(code: ErrorCode | (string & {}), message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
