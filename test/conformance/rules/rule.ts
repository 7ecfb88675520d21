/**
 * - `documented`: AWS says so
 * - `observed`: somebody saw it on AWS and published it
 * - `assumed`: nobody says so, or only of streams; a choice of ours
 */
export type Mark = 'documented' | 'observed' | 'assumed';

/** A rule of how an event source mapping behaves, or of what a handler owes it. */
export interface Rule {
  readonly id: string;
  readonly mark: Mark;
  /** Pages of AWS's Lambda Developer Guide, or who saw it. */
  readonly source: string;
  readonly statement: string;
  /** The knob that turns it. */
  readonly knob?: string;
  /** Files that do it. */
  readonly where?: readonly string[];
  /** Tests that show it, besides the scenarios that cite it. */
  readonly tests?: readonly string[];
  /** Why nothing here shows it. */
  readonly outOfScope?: string;
}

type More = Omit<Rule, 'id' | 'mark' | 'source' | 'statement'>;
type Build = (id: string, source: string, statement: string, more?: More) => Rule;

const of =
  (mark: Mark): Build =>
  (id, source, statement, more = {}) => ({ id, mark, source, statement, ...more });

export const documented = of('documented');
export const observed = of('observed');
export const assumed = of('assumed');

/** Sources that are named often. */
export const API = 'API reference: CreateEventSourceMapping';
export const MSK_RUN = 'a published run on MSK';
export const STREAM_RUN = 'recorded runs of Kinesis mappings';
export const KAFKA = 'follows from Kafka';
export const UNKNOWN = 'nothing is published';
