import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { BatchEnd, Observer, RecordFailure, RecordPosition } from '../../lib/index.ts';

/**
 * Logs and metrics of a consumer, hung on the runtime's hooks. What goes out is positions, codes, counts and names:
 * never a key, a value, a header, or the message of an error that may quote them.
 *
 * Service and namespace are POWERTOOLS_SERVICE_NAME and POWERTOOLS_METRICS_NAMESPACE.
 */
export function telemetry(): Observer {
  const logger = new Logger();
  const metrics = new Metrics();
  return {
    batchStarted: ({ awsRequestId }) => logger.appendKeys({ awsRequestId }),
    recordFailed: (failure) => logger.warn('a record failed and comes again', describe(failure)),
    recordParked: (failure) => logger.warn('a record is parked', describe(failure)),
    recordTimedOut: (record) =>
      logger.warn('a record was not done in time and comes again', { position: position(record) }),
    batchEnded: (batch) => {
      const { records, lanes, done, parked, skipped, failed, unfinished } = batch;
      logger.info('a batch has ended', { records, lanes, done, parked, skipped, failed, unfinished });
      publish(metrics, batch);
    },
  };
}

function describe(failure: RecordFailure) {
  const { code, name, message, where, permanent } = failure;
  return { position: position(failure), code, errorName: name, reason: message, where, permanent };
}

function position({ topic, partition, offset }: RecordPosition): string {
  return `${topic}-${partition}@${offset}`;
}

function publish(metrics: Metrics, batch: BatchEnd): void {
  metrics.addMetric('RecordsDone', MetricUnit.Count, batch.done);
  metrics.addMetric('RecordsParked', MetricUnit.Count, batch.parked);
  metrics.addMetric('RecordsSkipped', MetricUnit.Count, batch.skipped);
  metrics.addMetric('RecordsFailed', MetricUnit.Count, batch.failed);
  metrics.addMetric('RecordsUnfinished', MetricUnit.Count, batch.unfinished);
  if (batch.oldestUnresolved !== undefined) {
    const age = Math.max(0, Date.now() - batch.oldestUnresolved);
    metrics.addMetric('OldestUnresolvedAge', MetricUnit.Milliseconds, age);
  }
  metrics.publishStoredMetrics();
}
