import { countOutcomes, isDecodeError, type OutcomeCounts } from '../count-outcomes.ts';
import type { BatchEnd, Observer, RecordFailure } from '../observer.ts';
import { batchMetrics, type RuntimeMetric, runtimeMetrics } from '../runtime-metrics.ts';
import type { PowertoolsMetrics } from './powertools-types.ts';

type Values = Readonly<Partial<Record<RuntimeMetric, number | undefined>>>;

/** One line of embedded metrics for each batch, and on demand one for each topic or topic-partition of it. */
export function measuring(
  metrics: PowertoolsMetrics,
  by: 'consumer' | 'topic' | 'partition',
  now: () => number,
): Observer {
  let decodeErrors = 0;
  const countDecodeError = (failure: RecordFailure) => {
    if (isDecodeError(failure)) decodeErrors++;
  };
  const counter = by === 'consumer' ? undefined : countOutcomes(by);
  return {
    ...counter?.observer,
    recordFailed: (failure) => {
      countDecodeError(failure);
      counter?.observer.recordFailed(failure);
    },
    recordParked: (failure) => {
      countDecodeError(failure);
      counter?.observer.recordParked(failure);
    },
    batchEnded: (batch: BatchEnd) => {
      publish(metrics, batchMetrics(batch, { decodeErrors, now: now() }));
      decodeErrors = 0;
      for (const counts of counter?.take() ?? []) {
        metrics.addDimensions(dimensionsOf(counts));
        publish(metrics, valuesOf(counts));
      }
    },
  };
}

/** Publishing clears the dimensions, so that they are not on the next line. */
function publish(metrics: PowertoolsMetrics, values: Values): void {
  for (const name of Object.keys(runtimeMetrics) as RuntimeMetric[]) {
    const value = values[name];
    if (value !== undefined) metrics.addMetric(name, runtimeMetrics[name], value);
  }
  metrics.publishStoredMetrics();
}

function dimensionsOf({ topic, partition }: OutcomeCounts): Record<string, string> {
  return partition === undefined ? { topic } : { topic, partition: String(partition) };
}

function valuesOf({ done, parked, skipped, failed, timedOut, decodeErrors }: OutcomeCounts): Values {
  return {
    RecordsDone: done,
    RecordsParked: parked,
    RecordsSkipped: skipped,
    RecordsFailed: failed,
    // What was never started is told of the whole batch only.
    RecordsUnfinished: timedOut,
    DecodeErrors: decodeErrors,
  };
}
