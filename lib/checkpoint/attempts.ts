import { errorName } from '../errors/error-name.ts';
import { isPermanent, PermanentError } from '../errors/permanent-error.ts';
import { formatPosition, type RecordPosition } from '../event/topic-partition.ts';

export interface AttemptLimit {
  /** 1 for the first. */
  readonly attempt: number;
  readonly parkAfter: number;
  readonly position: RecordPosition;
}

/** The error itself, or, when the record has had all its attempts, one that says that there will be no other. */
export function finalError(error: unknown, { attempt, parkAfter, position }: AttemptLimit): unknown {
  if (attempt < parkAfter || isPermanent(error)) return error;
  return new PermanentError(
    `the record failed ${attempt} times, and at last with ${errorName(error)}, at ${formatPosition(position)}`,
    { code: 'ATTEMPTS_EXHAUSTED', cause: error },
  );
}
