import { LanewiseError } from './lanewise-error.ts';

export interface PermanentErrorOptions extends ErrorOptions {
  /** A code of your own, such as `UNKNOWN_KIND`; `PERMANENT` when left out. */
  readonly code?: string;
}

/**
 * Throw it from `handle` for a record that can never succeed: it is parked where a `park` is given, and fails like any
 * other where none is. Any other error says that the record may succeed later.
 *
 * The message goes with the parked record and is never given to an observer, so that it may name what was wrong.
 */
export class PermanentError extends LanewiseError {
  override name = 'PermanentError';
  readonly permanent = true;

  constructor(message: string, options: PermanentErrorOptions = {}) {
    super(options.code ?? 'PERMANENT', message, options);
  }
}

export type PermanentFailure = Error & { readonly permanent: true };

/**
 * By the property rather than the class: a bundle may hold two copies of the class. What cannot even be asked, such as an error whose getters
 * throw, is not permanent: it must not take the other records with it.
 */
export function isPermanent(error: unknown): error is PermanentFailure {
  try {
    return error instanceof Error && (error as Partial<PermanentFailure>).permanent === true;
  } catch {
    return false;
  }
}
