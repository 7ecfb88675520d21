import type { BatchEnd } from './observer.ts';

/**
 * The metrics of a consumer with their units, which are CloudWatch's names for them. Dashboards and alarms use these names; a test holds the two
 * together.
 */
export const runtimeMetrics = {
  RecordsDone: 'Count',
  RecordsParked: 'Count',
  RecordsSkipped: 'Count',
  RecordsFailed: 'Count',
  RecordsUnfinished: 'Count',
  DecodeErrors: 'Count',
  BatchSize: 'Count',
  /** Of the oldest record of the batch, when it ended. */
  OldestRecordAge: 'Milliseconds',
  /** Of the oldest record that comes again; only in batches that leave one. */
  OldestUnresolvedAge: 'Milliseconds',
  /** Of the invocation, when the batch ended. */
  TimeBudgetLeft: 'Milliseconds',
} as const;

export type RuntimeMetric = keyof typeof runtimeMetrics;

/** What a batch has of each metric. */
export function batchMetrics(
  batch: BatchEnd,
  seen: { readonly decodeErrors: number; readonly now: number },
): Readonly<Record<RuntimeMetric, number | undefined>> {
  return {
    RecordsDone: batch.done,
    RecordsParked: batch.parked,
    RecordsSkipped: batch.skipped,
    RecordsFailed: batch.failed,
    RecordsUnfinished: batch.unfinished,
    DecodeErrors: seen.decodeErrors,
    BatchSize: batch.records,
    OldestRecordAge: age(batch.oldest, seen.now),
    OldestUnresolvedAge: age(batch.oldestUnresolved, seen.now),
    TimeBudgetLeft: Math.max(0, batch.remaining),
  };
}

/** A record without a time, which Kafka gives as -1, has no age. A producer's clock may be ahead of ours. */
function age(timestamp: number | undefined, now: number): number | undefined {
  return timestamp === undefined || timestamp < 0 ? undefined : Math.max(0, now - timestamp);
}
