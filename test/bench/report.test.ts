import { expect, test } from 'vitest';
import { ratiosTo, spreadOf } from '../../bench/measure/statistics.ts';
import { requireSameDigest } from '../../bench/measure/take-turns.ts';
import { renderPage } from '../../bench/report/benchmarks-page.ts';
import { renderResult } from '../../bench/report/render-result.ts';
import type { BenchResult } from '../../bench/result.ts';

const aResult = (result: Partial<BenchResult> = {}): BenchResult => ({
  name: 'batch',
  title: 'A batch',
  command: 'npm run bench -- batch',
  date: '2026-11-23T06:00:00.000Z',
  machine: {
    processor: 'A processor',
    cores: 2,
    memoryGb: 8,
    system: 'Linux x64',
    node: 'v24.21.0',
    load: 0.1,
  },
  versions: { esbuild: '0.28.2' },
  quick: false,
  tables: [{ title: 'A table', head: ['who', 'ratio'], rows: [['lanewise', '1.02 (1.00-1.05)']] }],
  targets: [{ what: 'a ratio', target: 'at most 1.15', measured: '1.02', reached: true }],
  notes: ['A note.'],
  ...result,
});

test('a spread is the median and what the middle half lies between', () => {
  expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4 });
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
});

test('a ratio is taken within its round', () => {
  expect(ratiosTo([1, 2, 4], [2, 2, 2])).toEqual([2, 1, 0.5]);
});

test('candidates that computed something else are named', () => {
  const measured = [
    { label: 'floor', samples: [], digest: '10 records' },
    { label: 'peer', samples: [], digest: '9 records' },
  ];
  expect(() => requireSameDigest(measured)).toThrow('floor: 10 records; peer: 9 records');
});

test('the page has the machine, the versions, the date and the command of each bench', () => {
  const page = renderPage([aResult()]);
  for (const part of ['A processor', '0.28.2', '2026-11-23', 'npm run bench -- batch', 'v24.21.0']) {
    expect(page).toContain(part);
  }
  expect(page).toContain('| lanewise | 1.02 (1.00-1.05) |');
  expect(page).toContain('| a ratio | at most 1.15 | 1.02 | yes | [batch](#batch) |');
});

test('the page takes no result of a smoke run', () => {
  expect(() => renderPage([aResult({ quick: true })])).toThrow('not measured, only run: batch');
});

test('in a terminal a target that is not reached is told', () => {
  const targets = [{ what: 'a ratio', target: 'at most 1.15', measured: '1.20', reached: false }];
  expect(renderResult(aResult({ targets }))).toMatch(/not reached +a ratio/);
});
