import { renderTable } from '../../local/report/table.ts';
import type { Cost } from './record-profile.ts';

const shown = 16;

/** The most expensive functions, in a unit for each record. */
export function printCosts(unit: string, costs: readonly Cost[], convert: (self: number) => number): void {
  const rows = costs.slice(0, shown).map(({ place, self }) => [Math.round(convert(self)), place]);
  console.log(`${renderTable([unit, 'function'], rows)}\n`);
}
