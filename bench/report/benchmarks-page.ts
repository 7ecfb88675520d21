import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchResult, ResultTable, Target } from '../result.ts';
import { readResult } from './result-file.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md');

/** Writes docs/benchmarks.md from the latest result of each bench. */
export function writePage(names: readonly string[]): void {
  writeFileSync(file, renderPage(names.map((name) => readResult(name))));
  console.log(`written to ${file}`);
}

/** @throws Error when a result is of a smoke run: it measures nothing. */
export function renderPage(results: readonly BenchResult[]): string {
  const quick = results.filter((result) => result.quick).map(({ name }) => name);
  if (quick.length > 0) throw new Error(`not measured, only run: ${quick.join(', ')}`);
  return `${[introduction, targetTable(results), ...results.map(section)].join('\n\n')}\n`;
}

const introduction = `# Benchmarks

Written by \`npm run bench\`, which anyone may run again; \`npm run bench -- <name>\` runs one of them, and the numbers are in \`.lanewise/bench/<name>.json\` as well. All
candidates of a comparison take turns in one run. A number stands with the middle half of its samples in brackets. Ratios hold from one machine to another
better than times do.`;

function targetTable(results: readonly BenchResult[]): string {
  const rows = results.flatMap(({ name, targets }) => targets.map((target) => targetRow(name, target)));
  return `## Targets\n\n${markdownTable(['what', 'target', 'measured', 'reached', 'bench'], rows)}`;
}

function targetRow(name: string, { what, target, measured, reached }: Target): readonly string[] {
  return [what, target, measured, reached ? 'yes' : 'no', `[${name}](#${name})`];
}

function section(result: BenchResult): string {
  const { machine, versions } = result;
  const measured = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `## ${result.name}`,
    `${result.title}. \`${result.command}\``,
    `${result.date.slice(0, 10)}, Node ${machine.node}, ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; load average before the run ${machine.load}. ${measured.join(', ')}.`,
    ...result.notes,
    ...result.tables.map(tableText),
  ].join('\n\n');
}

function tableText(table: ResultTable): string {
  const text = markdownTable(table.head, table.rows);
  if (table.folded !== true) return `### ${table.title}\n\n${text}`;
  return `<details><summary>${table.title}</summary>\n\n${text}\n\n</details>`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${head.map((_, column) => String(cells[column] ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
