/** What became of a record in this invocation. Everything starts as unfinished, and what is not done or parked comes again. */
export const UNFINISHED = 0;
export const DONE = 1;
export const PARKED = 2;
export const FAILED = 3;

export type RecordOutcome = typeof UNFINISHED | typeof DONE | typeof PARKED | typeof FAILED;

export function isResolved(outcome: number | undefined): boolean {
  return outcome === DONE || outcome === PARKED;
}
