import type { Spread } from '../measure/statistics.ts';

/** `1.12 (1.10-1.15)`: the median, and the middle half. */
export function formatSpread(spread: Spread, digits = 2): string {
  const { median, low, high } = spread;
  return `${median.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`;
}

/** Three digits that count: `1.31`, `54.9`, `1204`. */
export function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Per second, in thousands: `507k`. */
export function formatRate(unitsPerSecond: number): string {
  return unitsPerSecond >= 10_000 ? `${Math.round(unitsPerSecond / 1_000)}k` : unitsPerSecond.toFixed(0);
}
