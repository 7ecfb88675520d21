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
  /** Bytes of keys, values and headers that were polled (what is counted is assumed). */
  EventPollerThroughputInBytes: 'capacity',
} as const satisfies Record<string, MetricGroup | 'capacity'>;

export type MetricName = keyof typeof GROUP_OF;
export type MappingMetrics = Record<MetricName, number>;

/** Gauges, computed when asked for. Those of capacity are there in provisioned mode only. */
export interface MappingGauges {
  readonly MaxOffsetLag: number;
  readonly SumOffsetLag: number;
  readonly OffsetLag: number;
  readonly ProvisionedPollers?: number;
  readonly EventPollerUnit?: number;
}

/** R46, documented: an event poller unit has ten default pollers. */
const POLLERS_OF_A_UNIT = 10;

export function createMetrics(): MappingMetrics {
  const zeros = Object.keys(GROUP_OF).map((name) => [name, 0]);
  // Object.fromEntries forgets the names it was given.
  return Object.fromEntries(zeros) as MappingMetrics;
}

/**
 * What CloudWatch would show: opted-in groups only, error counters only when above zero. The lag is there whatever the
 * groups say, and in provisioned mode the capacity (that no group is needed for it is assumed).
 */
export function publishedMetrics(
  metrics: MappingMetrics,
  gauges: MappingGauges,
  groups: readonly MetricGroup[],
): Readonly<Record<string, number>> {
  const { MaxOffsetLag, SumOffsetLag, ...always } = gauges;
  const published: Record<string, number> = { ...always };
  for (const [name, group] of Object.entries(GROUP_OF)) {
    const value = metrics[name as MetricName];
    const asked = group === 'capacity' ? 'ProvisionedPollers' in gauges : groups.includes(group);
    if (asked && (group !== 'ErrorCount' || value > 0)) published[name] = value;
  }
  return groups.includes('KafkaMetrics') ? { ...published, MaxOffsetLag, SumOffsetLag } : published;
}

export function gaugesOf(lags: Iterable<number>, pollers: number | undefined): MappingGauges {
  let max = 0;
  let sum = 0;
  for (const lag of lags) {
    max = Math.max(max, lag);
    sum += lag;
  }
  const lag = { MaxOffsetLag: max, SumOffsetLag: sum, OffsetLag: sum };
  if (pollers === undefined) return lag;
  return { ...lag, ProvisionedPollers: pollers, EventPollerUnit: Math.ceil(pollers / POLLERS_OF_A_UNIT) };
}
