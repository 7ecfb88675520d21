/** What became of a record in this invocation. Everything starts as unfinished, and what is not done, parked or skipped comes again. */
export const UNFINISHED = 0;
export const FAILED = 1;
export const DONE = 2;
export const PARKED = 3;
/** The checkpoint says that it was done before. */
export const SKIPPED = 4;

export type RecordOutcome = typeof UNFINISHED | typeof DONE | typeof PARKED | typeof FAILED | typeof SKIPPED;

export function isResolved(outcome: number = UNFINISHED): boolean {
  return outcome > FAILED;
}
