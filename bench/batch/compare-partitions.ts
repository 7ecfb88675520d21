import { ratiosTo, spreadOf } from '../measure/statistics.ts';
import { requireSameDigest, takeTurns } from '../measure/take-turns.ts';
import { formatNumber, formatSpread } from '../report/format.ts';
import type { BenchOptions, Findings } from '../result.ts';

const counts = [1, 3, 10, 30, 100, 300, 1_000];

/** Whether a record costs more when the batch has many partitions. */
export async function comparePartitions({
  quick,
}: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const situation = { records: 5_000, bytes: 500, fields: 'value', handler: 'awaiting', reads: 1 };
  const measured = await takeTurns({
    module: new URL('./batch-case.ts', import.meta.url),
    entrants: counts.map((partitions) => ({
      label: String(partitions),
      candidate: 'lanewise',
      situation: { ...situation, partitions },
    })),
    rounds: quick ? 2 : 41,
    warmUp: quick ? 1 : 10,
  });
  requireSameDigest(measured);
  const one = measured[0]?.samples ?? [];
  const rows = measured.map(({ label, samples }) => ({
    label,
    time: spreadOf(samples),
    ratio: spreadOf(ratiosTo(one, samples)),
  }));
  const worst = rows.toSorted((first, second) => second.ratio.median - first.ratio.median)[0];
  return {
    tables: [
      {
        title: 'lanewise, 5,000 records in 1 to 1,000 partitions',
        head: ['partitions', 'ratio to one partition', 'ns a record'],
        rows: rows.map(({ label, time, ratio }) => [
          Number(label),
          formatSpread(ratio),
          formatNumber(time.median),
        ]),
      },
    ],
    targets: [
      {
        what: 'cost of a record, 1 to 1,000 partitions',
        target: 'flat within 1.3',
        measured: `${formatSpread(worst?.ratio ?? spreadOf([]))} at ${worst?.label} partitions`,
        reached: (worst?.ratio.median ?? Number.NaN) <= 1.3,
      },
    ],
  };
}
