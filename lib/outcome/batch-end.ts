import type { Lane } from '../lanes/lane.ts';
import type { BatchEnd, BatchStart } from '../telemetry/observer.ts';
import { isResolved, UNFINISHED } from './record-outcome.ts';

export function batchStart(lanes: readonly Lane[], awsRequestId: string): BatchStart {
  return {
    awsRequestId,
    lanes: lanes.length,
    records: lanes.reduce((sum, lane) => sum + lane.records.length, 0),
  };
}

/** Counts what became of the records, for the observer. */
export function batchEnd(lanes: readonly Lane[], start: BatchStart): BatchEnd {
  const counts = [0, 0, 0, 0];
  let oldest: number | undefined;
  for (const { records, outcomes } of lanes) {
    for (const [index, { timestamp }] of records.entries()) {
      const outcome = outcomes[index] ?? UNFINISHED;
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      if (!isResolved(outcome)) oldest = Math.min(oldest ?? timestamp, timestamp);
    }
  }
  const [unfinished = 0, done = 0, parked = 0, failed = 0] = counts;
  return { ...start, done, parked, failed, unfinished, oldestUnresolved: oldest };
}
