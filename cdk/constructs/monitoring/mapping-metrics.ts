/** The metrics that a mapping in provisioned mode has, and those of the runtime. Nothing here is invented: alarms use no other names. */
import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Metrics of a mapping by their group, with the statistic that makes sense. Those of `ErrorCount` appear only when they are above zero.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const mappingMetrics = {
  PolledEventCount: { group: 'EventCount', statistic: 'Sum' },
  FilteredOutEventCount: { group: 'EventCount', statistic: 'Sum' },
  InvokedEventCount: { group: 'EventCount', statistic: 'Sum' },
  FailedInvokeEventCount: { group: 'EventCount', statistic: 'Sum' },
  DroppedEventCount: { group: 'EventCount', statistic: 'Sum' },
  OnFailureDestinationDeliveredEventCount: { group: 'EventCount', statistic: 'Sum' },
  PollingErrorCount: { group: 'ErrorCount', statistic: 'Sum' },
  InvokeErrorCount: { group: 'ErrorCount', statistic: 'Sum' },
  CommitErrorCount: { group: 'ErrorCount', statistic: 'Sum' },
  SchemaRegistryErrorCount: { group: 'ErrorCount', statistic: 'Sum' },
  OnFailureDestinationDeliveryErrorCount: { group: 'ErrorCount', statistic: 'Sum' },
  CommittedEventCount: { group: 'KafkaMetrics', statistic: 'Sum' },
  MaxOffsetLag: { group: 'KafkaMetrics', statistic: 'Maximum' },
  SumOffsetLag: { group: 'KafkaMetrics', statistic: 'Maximum' },
  ProvisionedPollers: { group: 'always', statistic: 'Maximum' },
  EventPollerUnit: { group: 'always', statistic: 'Sum' },
  EventPollerThroughputInBytes: { group: 'always', statistic: 'Sum' },
} as const;

export type MappingMetric = keyof typeof mappingMetrics;

/** A metric of one mapping. */
export function mappingMetric(mappingId: string, name: MappingMetric, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: name,
    dimensionsMap: { EventSourceMappingUUID: mappingId },
    statistic: mappingMetrics[name].statistic,
    period: Duration.minutes(1),
    ...options,
  });
}

/** Metrics that the functions publish themselves, by the runtime's hooks. */
export const runtimeMetrics = {
  RecordsDone: 'Sum',
  RecordsParked: 'Sum',
  RecordsFailed: 'Sum',
  RecordsUnfinished: 'Sum',
  /** Done before, as the checkpoint says. */
  RecordsSkipped: 'Sum',
  DecodeErrors: 'Sum',
  /** Records of a batch. */
  BatchSize: 'Average',
  /** Milliseconds. */
  OldestRecordAge: 'Maximum',
  /** Milliseconds; only in batches that leave a record unresolved. */
  OldestUnresolvedAge: 'Maximum',
  /** Milliseconds of the invocation that a batch left. */
  TimeBudgetLeft: 'Minimum',
} as const;

export type RuntimeMetric = keyof typeof runtimeMetrics;

/** Where the runtime's metrics are: POWERTOOLS_METRICS_NAMESPACE and POWERTOOLS_SERVICE_NAME of the function. */
export interface RuntimeMetricSource {
  readonly namespace: string;
  readonly service: string;
}

export function runtimeMetric(
  { namespace, service }: RuntimeMetricSource,
  name: RuntimeMetric,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace,
    metricName: name,
    dimensionsMap: { service },
    statistic: runtimeMetrics[name],
    period: Duration.minutes(1),
    ...options,
  });
}
