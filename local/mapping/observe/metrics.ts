/**
 * The counters of a mapping by their CloudWatch names (section 12: meanings documented, counting rules assumed).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
import type { MetricGroup } from '../mapping-config.ts';

const GROUP_OF = {
  PolledEventCount: 'EventCount',
  FilteredOutEventCount: 'EventCount',
  InvokedEventCount: 'EventCount',
  FailedInvokeEventCount: 'EventCount',
  DroppedEventCount: 'EventCount',
  OnFailureDestinationDeliveredEventCount: 'EventCount',
  CommittedEventCount: 'EventCount',
  PollingErrorCount: 'ErrorCount',
  InvokeErrorCount: 'ErrorCount',
  CommitErrorCount: 'ErrorCount',
  SchemaRegistryErrorCount: 'ErrorCount',
  OnFailureDestinationDeliveryErrorCount: 'ErrorCount',
} as const satisfies Record<string, MetricGroup>;

export type MetricName = keyof typeof GROUP_OF;
export type MappingMetrics = Record<MetricName, number>;

/** Gauges, computed when asked for. `OffsetLag` is published whatever the groups say. */
export interface MappingGauges {
  readonly MaxOffsetLag: number;
  readonly SumOffsetLag: number;
  readonly OffsetLag: number;
  readonly ProvisionedPollers?: number;
}

export function createMetrics(): MappingMetrics {
  const zeros = Object.keys(GROUP_OF).map((name) => [name, 0]);
  // Object.fromEntries forgets the names it was given.
  return Object.fromEntries(zeros) as MappingMetrics;
}

/** What CloudWatch would show: opted-in groups only, error counters only when above zero. */
export function publishedMetrics(
  metrics: MappingMetrics,
  gauges: MappingGauges,
  groups: readonly MetricGroup[],
): Readonly<Record<string, number>> {
  const published: Record<string, number> = { OffsetLag: gauges.OffsetLag };
  for (const [name, group] of Object.entries(GROUP_OF)) {
    const value = metrics[name as MetricName];
    if (groups.includes(group) && (group === 'EventCount' || value > 0)) published[name] = value;
  }
  if (!groups.includes('KafkaMetrics')) return published;
  return { ...published, MaxOffsetLag: gauges.MaxOffsetLag, SumOffsetLag: gauges.SumOffsetLag };
}

export function gaugesOf(lags: Iterable<number>, pollers: number | undefined): MappingGauges {
  let max = 0;
  let sum = 0;
  for (const lag of lags) {
    max = Math.max(max, lag);
    sum += lag;
  }
  const lag = { MaxOffsetLag: max, SumOffsetLag: sum, OffsetLag: sum };
  return pollers === undefined ? lag : { ...lag, ProvisionedPollers: pollers };
}
