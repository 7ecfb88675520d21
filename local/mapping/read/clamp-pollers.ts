/** How many pollers a mapping runs. */
import type { MappingConfig } from '../mapping-config.ts';

/**
 * R44, documented: at most one a partition. R46: provisioned mode keeps between its minimum and maximum.
 * R45: on-demand mode starts with one (observed) and grows with the lag.
 */
export function clampPollers(
  wanted: number,
  provisioned: MappingConfig['provisioned'],
  partitions: number,
): number {
  const minimum = provisioned?.minimumPollers ?? 1;
  const maximum = provisioned?.maximumPollers ?? partitions;
  return Math.max(1, Math.min(Math.max(wanted, minimum), maximum, partitions));
}

export interface MinuteOfWork {
  readonly lag: number;
  readonly records: number;
  readonly throttles: number;
}

/**
 * How many pollers the last minute asks for (when it is looked at: R45, documented; by how much: assumed).
 * Doubles when the lag is more than a minute's work, halves when there is none or the function throttles.
 */
export function wantedPollers(current: number, minute: MinuteOfWork): number {
  // R45, documented: throttled functions lower the number.
  if (minute.throttles > 0 || minute.lag === 0) return Math.max(1, Math.floor(current / 2));
  return minute.lag > minute.records ? current * 2 : current;
}
