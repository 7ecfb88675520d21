import type { Lane } from '../lanes/lane.ts';
import type { BatchEnd, BatchStart } from '../telemetry/observer.ts';
import { isResolved, type RecordOutcome } from './record-outcome.ts';

export function batchStart(lanes: readonly Lane[], awsRequestId: string): BatchStart {
  return {
    awsRequestId,
    lanes: lanes.length,
    records: lanes.reduce((sum, lane) => sum + lane.records.length, 0),
  };
}

/** Counts what became of the records, for the observer. */
export function batchEnd(lanes: readonly Lane[], start: BatchStart, remaining: number): BatchEnd {
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  let oldest: number | undefined;
  let oldestUnresolved: number | undefined;
  for (const { records, outcomes } of lanes) {
    records.forEach(({ timestamp }, index) => {
      const outcome = outcomes[index] as RecordOutcome;
      counts[outcome]++;
      // Kafka gives -1 where a record has none.
      if (!(timestamp > 0)) return;
      oldest = Math.min(oldest ?? timestamp, timestamp);
      if (!isResolved(outcome)) oldestUnresolved = Math.min(oldestUnresolved ?? timestamp, timestamp);
    });
  }
  const [unfinished, failed, done, parked, skipped] = counts;
  return { ...start, done, parked, skipped, failed, unfinished, oldest, oldestUnresolved, remaining };
}
