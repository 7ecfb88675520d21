import { ratiosTo, type Spread, spreadOf } from '../measure/statistics.ts';
import { requireSameDigest, takeTurns } from '../measure/take-turns.ts';
import { formatNumber, formatRate, formatSpread } from '../report/format.ts';
import type { BenchOptions, Findings, ResultTable, Target } from '../result.ts';
import { candidateNames } from './candidates/open-candidate.ts';
import type { Situation } from './situation.ts';

const base: Omit<Situation, 'fields' | 'handler'> = { records: 1_000, partitions: 3, bytes: 500, reads: 1 };

const situations: readonly Situation[] = [
  { ...base, fields: 'value', handler: 'awaiting' },
  { ...base, fields: 'value', handler: 'no-op' },
  { ...base, fields: 'all', handler: 'awaiting' },
  { ...base, fields: 'all', handler: 'no-op' },
];

interface Row {
  readonly label: string;
  readonly time: Spread;
  readonly ratio: Spread;
}

/** 1,000 records, every candidate: the comparison that the targets are about. */
export async function compareBatches(options: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const tables: ResultTable[] = [];
  const targets: Target[] = [];
  for (const situation of situations) {
    const rows = await measureSituation(situation, options.quick ? 1 : 101);
    tables.push(tableOf(situation, rows));
    if (situation.handler === 'awaiting') targets.push(targetOf(situation, rows));
  }
  return { tables, targets };
}

export async function measureSituation(situation: Situation, rounds: number): Promise<readonly Row[]> {
  const measured = await takeTurns({
    module: new URL('./batch-case.ts', import.meta.url),
    entrants: candidateNames.map((candidate) => ({ label: candidate, candidate, situation })),
    rounds,
    warmUp: Math.ceil(rounds / 4),
  });
  requireSameDigest(measured);
  const floor = measured[0]?.samples ?? [];
  return measured.map(({ label, samples }) => ({
    label,
    time: spreadOf(samples),
    ratio: spreadOf(ratiosTo(floor, samples)),
  }));
}

function tableOf({ fields, handler }: Situation, rows: readonly Row[]): ResultTable {
  const what = fields === 'value' ? 'value only' : 'value, key and headers';
  const how =
    handler === 'awaiting' ? 'an async handler, awaited in order' : 'a handler that returns nothing';
  return {
    title: `1,000 records of 500 bytes in 3 partitions, ${what}, ${how}`,
    head: ['candidate', 'ratio to the floor', 'ns a record', 'records/s'],
    rows: rows.map(({ label, time, ratio }) => [
      label,
      formatSpread(ratio),
      formatNumber(time.median),
      formatRate(1e9 / time.median),
    ]),
  };
}

function targetOf({ fields }: Situation, rows: readonly Row[]): Target {
  const limit = fields === 'value' ? 1.15 : 1.4;
  const ours = rows.find(({ label }) => label === 'lanewise')?.ratio ?? spreadOf([]);
  return {
    what:
      fields === 'value' ? 'value only, 1,000 records, awaited no-op, in order' : 'value, key and headers',
    target: `at most ${limit} of the floor${fields === 'value' ? '' : ' of the same work'}`,
    measured: formatSpread(ours),
    reached: ours.median <= limit,
  };
}
