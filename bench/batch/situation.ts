/** What a batch looks like, and what its handler does with a record. */
export interface Situation {
  readonly records: number;
  readonly partitions: number;
  /** Of a value, about. */
  readonly bytes: number;
  /** `all`: value, key as text, and every header as text. */
  readonly fields: 'value' | 'all';
  /** A handler that returns nothing, or one that is an `async` function. */
  readonly handler: 'no-op' | 'awaiting';
  /** How often the handler reads `value`. */
  readonly reads: number;
}

/** What a handler leaves behind, so that candidates can be compared. */
export interface Tally {
  records: number;
  sum: number;
}

export interface OrderValue {
  readonly sequence: number;
}

/** Handles one event; the handler of a candidate adds each record to the tally. */
export type BatchHandler = (event: unknown) => unknown;

/** Makes the function of a candidate for a situation. */
export type OpenHandler = (situation: Situation, tally: Tally) => BatchHandler;

export function digestOf(tally: Tally): string {
  return `${tally.records} records, sum ${tally.sum}`;
}
