import { errorName } from '../errors/error-name.ts';
import { LanewiseError } from '../errors/lanewise-error.ts';

/** A mistake of configuration: no record can be done until it is mended. */
export function isTableError(error: unknown): error is LanewiseError {
  return error instanceof LanewiseError && error.code === 'CHECKPOINT_TABLE';
}

/** Keeps the class of a foreign error, or its code, and drops its message, which may quote the item. */
export function checkpointError(error: unknown, place: string): LanewiseError {
  if (error instanceof LanewiseError) return error;
  return new LanewiseError(
    'CHECKPOINT_FAILED',
    `the checkpoint could not be read or written (${kindOf(error)}), so that the records come again from ${place}`,
    { cause: error },
  );
}

/** `ECONNREFUSED` says more than `Error`. */
function kindOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z_]{1,40}$/.test(code) ? code : errorName(error);
}
