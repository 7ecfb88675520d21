import type { Spread } from '../measure/statistics.ts';
import { formatRate } from '../report/format.ts';

export function formatRates({ median, low, high }: Spread): string {
  return `${formatRate(median)} (${formatRate(low)}-${formatRate(high)})`;
}
