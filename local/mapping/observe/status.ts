/** What a mapping tells about itself. */

import type { MappingState } from '../mapping-state.ts';
import type { MappingStatus, PartitionStatus } from '../mapping-status.ts';
import { gaugesOf, publishedMetrics } from './metrics.ts';
import type { PartitionCounters } from './partition-counters.ts';

export function statusOf(state: MappingState): MappingStatus {
  const { config } = state.settings;
  const partitions = [...state.counters].map(([partition, counters]) =>
    partitionStatus(state, partition, counters),
  );
  const lags = partitions.filter(({ assigned }) => assigned).map(({ lag }) => lag);
  const gauges = gaugesOf(lags, config.provisioned === undefined ? undefined : state.pollers.length);
  return {
    consumer: config.consumer,
    topic: config.topic,
    group: config.group,
    state: state.lifecycle,
    lastProcessingResult: state.lastProcessingResult,
    invocations: state.invocations,
    partitions: partitions.toSorted((a, b) => a.partition - b.partition),
    metrics: { ...state.metrics, ...gauges },
    published: publishedMetrics(state.metrics, gauges, config.metricGroups ?? []),
  };
}

function partitionStatus(
  state: MappingState,
  partition: number,
  counters: PartitionCounters,
): PartitionStatus {
  const endOffset = Math.max(counters.endOffset, counters.committed);
  return {
    partition,
    assigned: state.partitions.has(partition),
    endOffset,
    committedOffset: counters.committed,
    lag: endOffset - counters.committed,
    delivered: counters.delivered,
    retried: counters.retried,
    succeeded: counters.succeeded,
    discarded: counters.discarded,
    dropped: counters.dropped,
    filtered: counters.filtered,
  };
}

/** Whether every assigned partition is read to its end as last seen, with everything resolved and committed. */
export function isDrained(state: MappingState): boolean {
  const started = state.lifecycle !== 'Creating' && state.lifecycle !== 'Enabling';
  return started && state.unsettled.size === 0 && state.commitInFlight === undefined;
}
