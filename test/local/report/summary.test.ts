import { expect, test } from 'vitest';
import type { MappingStatus, PartitionStatus } from '../../../local/mapping/mapping-status.ts';
import { buildRunReport, type RunOutcome, type SetAsideRecord } from '../../../local/report/run-report.ts';
import { renderSummary } from '../../../local/report/summary.ts';

const aPartition = (partition: number, changes: Partial<PartitionStatus> = {}): PartitionStatus => ({
  partition,
  assigned: true,
  endOffset: 10,
  committedOffset: 10,
  lag: 0,
  delivered: 10,
  retried: 0,
  succeeded: 10,
  discarded: 0,
  dropped: 0,
  filtered: 0,
  ...changes,
});

const aStatus = (consumer: string, ...partitions: readonly PartitionStatus[]): MappingStatus => ({
  consumer,
  topic: 'order-events',
  group: `${consumer}-group`,
  state: 'Enabled',
  lastProcessingResult: 'OK',
  invocations: 3,
  partitions,
  metrics: {},
  published: {},
});

const aRecord = (consumer: string, offset: number, reason: string): SetAsideRecord => ({
  consumer,
  partition: 0,
  offset,
  position: `order-events-0@${offset}`,
  reason,
});

const aReport = (changes: Partial<RunOutcome>) =>
  buildRunReport({
    seed: 7,
    source: 'embedded',
    durationMs: 1_234,
    lost: 0,
    produced: 20,
    statuses: [aStatus('billing', aPartition(0), aPartition(1))],
    effects: { invoices: 1, creditNotes: 2, reservations: 3, backorders: 4, mails: 5, mailsRepeated: 0 },
    parked: [],
    discarded: [],
    lostRecords: [],
    ...changes,
  });

const rowOf = (summary: string, name: string) =>
  summary
    .split('\n')
    .find((line) => line.startsWith(name))
    ?.split(/ {2,}/);

test('a report tells each record once: what was parked is not among what succeeded', () => {
  const parked = [aRecord('billing', 3, 'A'), aRecord('billing', 4, 'A'), aRecord('inventory', 3, 'A')];
  const { consumers } = aReport({ parked });
  expect(consumers.billing?.partitions).toMatchObject([
    { partition: 0, succeeded: 8, parked: 2 },
    { partition: 1, succeeded: 10, parked: 0 },
  ]);
});

test('a summary adds the partitions of each consumer up, column by column', () => {
  const partitions = [
    aPartition(0, {
      endOffset: 30,
      committedOffset: 21,
      lag: 9,
      delivered: 35,
      succeeded: 20,
      retried: 4,
      discarded: 1,
    }),
    aPartition(1, {
      endOffset: 7,
      committedOffset: 5,
      lag: 2,
      delivered: 6,
      succeeded: 5,
      retried: 1,
      discarded: 0,
    }),
  ];
  const summary = renderSummary(
    aReport({
      statuses: [aStatus('billing', ...partitions)],
      parked: [aRecord('billing', 3, 'A')],
    }),
  );
  expect(rowOf(summary, 'consumer')).toEqual([
    'consumer',
    'group',
    'committed',
    'lag',
    'invocations',
    'delivered',
    'succeeded',
    'retried',
    'parked',
    'discarded',
  ]);
  expect(rowOf(summary, 'billing')).toEqual([
    'billing',
    'billing-group',
    '26',
    '11',
    '3',
    '41',
    '24',
    '5',
    '1',
    '1',
  ]);
  expect(summary).toContain('20 records in, 0 lost, 1.2 s (seed 7, embedded source)');
  expect(summary).toContain('effects: 1 invoices, 2 credit notes, 3 reservations, 4 back-orders, 5 mails\n');
  expect(summary).not.toContain('lost:');
});

test('a summary leaves out columns that do not fit a narrow terminal, never a counter', () => {
  const headAt = (columns: number) => rowOf(renderSummary(aReport({}), columns), 'consumer') ?? [];
  expect(headAt(102).slice(0, 3)).toEqual(['consumer', 'group', 'committed']);
  expect(headAt(101).slice(0, 2)).toEqual(['consumer', 'committed']);
  expect(headAt(101)).toContain('invocations');
  for (const columns of [80, 20]) {
    expect(headAt(columns).join(' ')).toBe(
      'consumer committed lag delivered succeeded retried parked discarded',
    );
  }
});

test('a summary names every record that was lost, with the reason, and what was dropped and filtered', () => {
  const summary = renderSummary(
    aReport({
      lost: 1,
      lostRecords: [aRecord('billing', 8, 'RetryAttemptsExhausted after 6 attempts')],
      statuses: [aStatus('billing', aPartition(0, { dropped: 1, filtered: 2, succeeded: 7 }))],
    }),
  );
  expect(summary).toContain('20 records in, 1 lost');
  expect(summary).toMatch(/lost: 1\n.*\norder-events-0@8 +billing +RetryAttemptsExhausted after 6 attempts/);
  expect(rowOf(summary, 'consumer')?.slice(-3)).toEqual(['discarded', 'dropped', 'filtered']);
  expect(rowOf(summary, 'billing')?.slice(-3)).toEqual(['0', '1', '2']);
});

test('a summary gives a row to a record that several consumers parked, and no more than twenty rows', () => {
  const parked = Array.from({ length: 22 }, (_, offset) =>
    ['billing', 'inventory'].map((name) => aRecord(name, offset, `INVALID_JSON at order-events-0@${offset}`)),
  ).flat();
  const summary = renderSummary(aReport({ parked }));
  expect(summary).toContain('parked by a consumer: 44\n');
  expect(summary).toMatch(/\norder-events-0@0 +billing, inventory +INVALID_JSON\n/);
  expect(summary).toContain('order-events-0@19');
  expect(summary).not.toContain('order-events-0@20');
  expect(summary).toContain('… and 2 more positions (--report FILE lists them all)');
});
