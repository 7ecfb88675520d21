import { renderTable } from '../../local/report/table.ts';
import type { BenchResult } from '../result.ts';

/** For a terminal. */
export function renderResult({ title, tables, targets }: BenchResult): string {
  const parts = tables.map((table) => `${table.title}\n${renderTable(table.head, table.rows)}`);
  const judged = targets.map(({ what, target, measured, reached }) => [
    reached ? 'reached' : 'not reached',
    what,
    target,
    measured,
  ]);
  const summary =
    judged.length === 0 ? [] : [`Targets\n${renderTable(['', 'what', 'target', 'measured'], judged)}`];
  return [title, ...parts, ...summary].join('\n\n');
}
