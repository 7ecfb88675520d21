import {
  forgetOldest,
  type Interval,
  type Intervals,
  includesOffset,
  lastOffset,
  unite,
} from './intervals.ts';

/** What a group has done of one topic-partition, as it is stored. */
export interface CheckpointState {
  /** What is finished: handled, parked or skipped. */
  readonly done: Intervals;
  /** The greatest timestamp among the records that were delivered, in epoch milliseconds; -1 for none. */
  readonly latest: number;
  /** How often a record has failed, by offset. */
  readonly attempts: ReadonlyMap<number, number>;
  /** Which of the topics that had this name, one after another. */
  readonly epoch: number;
  /** Another one with each write, also when the item was deleted between them; 0 for an item that is not there. */
  readonly version: number;
}

export const emptyState: CheckpointState = {
  done: [],
  latest: -1,
  attempts: new Map(),
  epoch: 0,
  version: 0,
};

/** What a batch has of a record that the protocol asks about. */
export interface RecordTime {
  readonly offset: number;
  readonly timestamp?: number | undefined;
}

/**
 * A record at or before the last offset that is done was delivered together with it or earlier, so it cannot be younger than all that was delivered.
 * If it is, the topic was deleted and created anew. A record without a timestamp proves nothing.
 */
export function isOfAnotherTopic(state: CheckpointState, records: readonly RecordTime[]): boolean {
  const last = lastOffset(state.done);
  return records.some((record) => record.offset <= last && timeOf(record) > state.latest);
}

export function latestOf(records: readonly RecordTime[]): number {
  return records.reduce((latest, record) => Math.max(latest, timeOf(record)), -1);
}

function timeOf({ timestamp }: RecordTime): number {
  return typeof timestamp === 'number' && Number.isFinite(timestamp) ? timestamp : -1;
}

/** What an invocation adds. */
export interface Progress {
  readonly epoch: number;
  readonly done: readonly Interval[];
  /** Which attempt at a record failed, by offset. */
  readonly failed: ReadonlyMap<number, number>;
  /** Of the whole lane, also of what is not done. */
  readonly latest: number;
  /** The first offset of the lane. */
  readonly first: number;
}

export interface StateLimits {
  /** How many intervals, and how many attempts, are remembered of earlier batches. */
  readonly limit: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * The state with what was added: a union, so that what is done stays done whoever writes first. Of a state of an older epoch only
 * the version is taken over.
 */
export function advance(stored: CheckpointState, progress: Progress, limits: StateLimits): CheckpointState {
  const base = progress.epoch > stored.epoch ? emptyState : stored;
  const bound = { limit: limits.limit, keepFrom: progress.first };
  const done = forgetOldest(unite(base.done, progress.done), bound);
  return {
    done,
    latest: Math.max(base.latest, progress.latest),
    attempts: countAttempts(base.attempts, progress, done, limits.limit),
    epoch: progress.epoch,
    version: nextVersion(stored.version, limits.now),
  };
}

/**
 * The first version is the time, later ones count up from it. An item that was deleted and made again therefore never has a version
 * that somebody may still know from its predecessor.
 */
function nextVersion(version: number, now: number): number {
  return version === 0 ? Math.max(1, now) : version + 1;
}

function countAttempts(
  before: CheckpointState['attempts'],
  { failed, first }: Progress,
  done: Intervals,
  limit: number,
): CheckpointState['attempts'] {
  if (before.size === 0 && failed.size === 0) return before;
  const counts = new Map(before);
  // The greater of the two rather than one more: a write whose answer was lost is made again.
  for (const [offset, attempt] of failed) counts.set(offset, Math.max(before.get(offset) ?? 0, attempt));
  const open = [...counts].filter(([offset]) => !includesOffset(done, offset));
  const recent = open.filter(([offset]) => offset >= first);
  const older = open.filter(([offset]) => offset < first).sort(([one], [other]) => one - other);
  return new Map([...older.slice(-limit), ...recent]);
}
