import type { RecordPosition } from '../event/topic-partition.ts';
import type { Observer, RecordFailure } from './observer.ts';

/** What became of the records of one topic, or one topic-partition, in a batch, as far as it was told record by record. */
export interface OutcomeCounts {
  readonly topic: string;
  /** `undefined` where partitions are counted together. */
  readonly partition: number | undefined;
  done: number;
  parked: number;
  skipped: number;
  failed: number;
  timedOut: number;
  /** Among the failed and parked ones. */
  decodeErrors: number;
}

export type Outcome = 'done' | 'parked' | 'skipped' | 'failed' | 'timedOut';

export interface OutcomeCounter {
  readonly observer: Required<
    Pick<Observer, 'recordDone' | 'recordParked' | 'recordSkipped' | 'recordFailed' | 'recordTimedOut'>
  >;
  /** The counts since it was called before. */
  readonly take: () => readonly OutcomeCounts[];
}

/** Counts by topic or by topic-partition: as many as a batch has, which a mapping bounds. */
export function countOutcomes(by: 'topic' | 'partition'): OutcomeCounter {
  let counts: OutcomeCounts[] = [];
  let latest: OutcomeCounts | undefined;
  const at = ({ topic, partition }: RecordPosition): OutcomeCounts => {
    const own = by === 'partition' ? partition : undefined;
    const is = (one: OutcomeCounts | undefined) => one?.topic === topic && one.partition === own;
    // Records come in runs of their partition.
    if (latest === undefined || !is(latest)) {
      latest = counts.find(is) ?? noOutcomes(topic, own);
      if (!counts.includes(latest)) counts.push(latest);
    }
    return latest;
  };
  const count = (outcome: Outcome) => (record: RecordPosition) => void at(record)[outcome]++;
  const countFailure = (outcome: Outcome) => (failure: RecordFailure) => {
    at(failure)[outcome]++;
    if (isDecodeError(failure)) at(failure).decodeErrors++;
  };
  return {
    observer: {
      recordDone: count('done'),
      recordSkipped: count('skipped'),
      recordTimedOut: count('timedOut'),
      recordParked: countFailure('parked'),
      recordFailed: countFailure('failed'),
    },
    take: () => {
      const taken = counts.toSorted(byPlace);
      counts = [];
      latest = undefined;
      return taken;
    },
  };
}

function byPlace(one: OutcomeCounts, other: OutcomeCounts): number {
  if (one.topic !== other.topic) return one.topic < other.topic ? -1 : 1;
  return (one.partition ?? 0) - (other.partition ?? 0);
}

/** The record never reached `handle`. */
export function isDecodeError({ name }: Pick<RecordFailure, 'name'>): boolean {
  return name === 'DecodeError';
}

function noOutcomes(topic: string, partition: number | undefined): OutcomeCounts {
  return { topic, partition, done: 0, parked: 0, skipped: 0, failed: 0, timedOut: 0, decodeErrors: 0 };
}
