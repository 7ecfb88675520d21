import { describe, expect, test } from 'vitest';
import type { MappingStatus } from '../../../local/mapping/mapping-status.ts';
import { liveTable, parkedKey } from '../../../local/report/live-table.ts';

const aStatus = (consumer: string, partitions: number, lastProcessingResult = 'OK'): MappingStatus => ({
  consumer,
  topic: 'order-events',
  group: consumer,
  state: 'Enabled',
  lastProcessingResult,
  invocations: 0,
  partitions: Array.from({ length: partitions }, (_, partition) => ({
    partition,
    assigned: true,
    endOffset: 100 + partition,
    committedOffset: 90 + partition,
    lag: 10,
    delivered: 0,
    retried: partition,
    succeeded: 0,
    discarded: 2,
    dropped: 0,
    filtered: 0,
  })),
  metrics: {},
  published: {},
});

const parked = new Map([
  [parkedKey('billing', 0), 3],
  [parkedKey('billing', 1), 4],
]);
const cells = (line: string | undefined) => line?.trim().split(/ {2,}/);
const draw = (statuses: readonly MappingStatus[], columns: number, rows: number) =>
  liveTable(statuses, parked, { columns, rows }).split('\n');

describe('the live view', () => {
  test('has a row for each consumer and partition', () => {
    const lines = draw(
      [aStatus('billing', 2), aStatus('inventory', 1, 'PROBLEM: Function call failed')],
      120,
      40,
    );
    expect(lines.map(cells)).toEqual([
      ['consumer', 'partition', 'committed', 'end', 'lag', 'retried', 'parked', 'discarded', 'mapping'],
      ['billing', '0', '90', '100', '10', '0', '3', '2', 'OK'],
      ['billing', '1', '91', '101', '10', '1', '4', '2', 'OK'],
      ['inventory', '0', '90', '100', '10', '0', '0', '2', 'PROBLEM: Function call failed'],
    ]);
  });

  test.each([
    [86, 'PROBLEM: Fu…'],
    [80, '2'],
    [68, '2'],
    [40, undefined],
  ])('never breaks a line in a terminal of %i columns', (columns, last) => {
    const lines = draw([aStatus('notification', 3, 'PROBLEM: Function call failed')], columns, 24);
    expect(lines).toHaveLength(4);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (last !== undefined) expect(cells(lines[1])?.at(-1)).toBe(last);
  });

  test('adds the partitions of a consumer up where there are more of them than rows', () => {
    const lines = draw([aStatus('billing', 50), aStatus('inventory', 50)], 120, 24);
    expect(lines.slice(1).map(cells)).toEqual([
      ['billing', 'all 50', '5725', '6225', '500', '1225', '7', '100', 'OK'],
      ['inventory', 'all 50', '5725', '6225', '500', '1225', '0', '100', 'OK'],
    ]);
  });
});
