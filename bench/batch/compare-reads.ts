import { ratiosTo, spreadOf } from '../measure/statistics.ts';
import { requireSameDigest, takeTurns } from '../measure/take-turns.ts';
import { formatNumber, formatSpread } from '../report/format.ts';
import type { BenchOptions, Findings } from '../result.ts';
import type { Situation } from './situation.ts';

const readers = ['lanewise', 'Powertools kafka', 'middy'];

/** What it costs to read `value` three times instead of once: nothing, when it is decoded once. */
export async function compareReads({ quick }: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const situation: Situation = {
    records: 1_000,
    partitions: 3,
    bytes: 500,
    fields: 'value',
    handler: 'awaiting',
    reads: 1,
  };
  const measured = await takeTurns({
    module: new URL('./batch-case.ts', import.meta.url),
    entrants: readers.flatMap((candidate) =>
      [1, 3].map((reads) => ({ label: candidate, candidate, situation: { ...situation, reads } })),
    ),
    rounds: quick ? 3 : 61,
    warmUp: quick ? 1 : 20,
  });
  // Three reads add up to something else than one.
  for (const place of [0, 1]) requireSameDigest(measured.filter((_, index) => index % 2 === place));
  const rows = readers.map((label) => {
    const [once, thrice] = measured.filter((entrant) => entrant.label === label);
    const [one = [], three = []] = [once?.samples, thrice?.samples];
    return { label, one: spreadOf(one), three: spreadOf(three), ratio: spreadOf(ratiosTo(one, three)) };
  });
  const ours = rows[0]?.ratio ?? spreadOf([]);
  return {
    tables: [
      {
        title: 'A field of the value read three times',
        head: ['candidate', 'three reads to one', 'ns, read once', 'ns, read three times'],
        rows: rows.map(({ label, one, three, ratio }) => [
          label,
          formatSpread(ratio),
          formatNumber(one.median),
          formatNumber(three.median),
        ]),
      },
    ],
    targets: [
      {
        what: 'a field of the value read three times',
        target: 'the same as once',
        measured: formatSpread(ours),
        reached: ours.median <= 1.05,
      },
    ],
  };
}
