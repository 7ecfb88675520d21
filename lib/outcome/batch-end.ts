import type { Lane } from '../lanes/lane.ts';
import type { BatchEnd, BatchStart } from '../telemetry/observer.ts';
import { DONE, FAILED, PARKED, UNFINISHED } from './record-outcome.ts';

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
  let oldest = Number.POSITIVE_INFINITY;
  for (const { records, outcomes } of lanes) {
    outcomes.forEach((outcome, index) => {
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      const timestamp = records[index]?.timestamp ?? oldest;
      if (outcome === FAILED || outcome === UNFINISHED) oldest = Math.min(oldest, timestamp);
    });
  }
  const [unfinished = 0, done = 0, parked = 0, failed = 0] = [UNFINISHED, DONE, PARKED, FAILED].map(
    (outcome) => counts[outcome],
  );
  return {
    ...start,
    done,
    parked,
    failed,
    unfinished,
    oldestUnresolved: Number.isFinite(oldest) ? oldest : undefined,
  };
}
