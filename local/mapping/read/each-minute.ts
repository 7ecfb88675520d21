/** Once a minute: the number of pollers (R45) and the status events of the system log (R155). */

import { lowestUnresolved } from '../commit/watermark.ts';
import { isRunning } from '../lifecycle/lifecycle.ts';
import type { MappingState } from '../mapping-state.ts';
import { logEvent } from '../observe/log-event.ts';
import { setTimer } from '../support/timer-heap.ts';
import { dealPartitions } from './assign-partitions.ts';
import { clampPollers, wantedPollers } from './clamp-pollers.ts';

const MINUTE = 60_000;

export function setMinuteTimer(state: MappingState): void {
  setTimer(state.timers, state.now + MINUTE, { kind: 'minute' });
}

export function eachMinute(state: MappingState): void {
  if (!isRunning(state.lifecycle)) return;
  setMinuteTimer(state);
  scale(state);
  logKafkaStatus(state);
}

function scale(state: MappingState): void {
  const { config } = state.settings;
  const wanted = wantedPollers(state.pollers.length, { lag: totalLag(state), ...state.throughput });
  state.throughput = { records: 0, throttles: 0 };
  state.pollersWanted = clampPollers(wanted, config.provisioned, state.partitions.size);
  if (state.pollersWanted !== state.pollers.length && state.partitions.size > 0) dealPartitions(state);
}

function totalLag(state: MappingState): number {
  let lag = 0;
  for (const { endOffset, committed } of state.partitions.values()) lag += Math.max(0, endOffset - committed);
  return lag;
}

function logKafkaStatus(state: MappingState): void {
  logEvent(state, 'KAFKA_STATUS_EVENT', () => ({
    kafkaPartitionOffsets: [...state.partitions.values()].map((partition) => ({
      partition: partition.key,
      endOffset: partition.endOffset,
      consumedOffset: partition.position,
      processedOffset: lowestUnresolved(partition) - 1,
      committedOffset: partition.committed,
    })),
  }));
}
