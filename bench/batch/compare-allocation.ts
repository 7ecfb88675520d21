import { spreadOf } from '../measure/statistics.ts';
import { requireSameDigest, takeTurns } from '../measure/take-turns.ts';
import type { BenchOptions, Findings } from '../result.ts';
import { candidateNames } from './candidates/open-candidate.ts';

const limit = 400;
const situation = { records: 4_000, partitions: 3, bytes: 500, fields: 'value', reads: 1 };

/** What a record takes beside its decoded value and the text that the value is decoded from. */
export async function compareAllocation({
  quick,
}: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const rows = [];
  for (const handler of ['no-op', 'awaiting']) {
    const measured = await takeTurns({
      module: new URL('./allocation-case.ts', import.meta.url),
      entrants: ['decoding', ...candidateNames].map((candidate) => ({
        label: candidate,
        candidate,
        situation: { ...situation, handler },
      })),
      rounds: quick ? 1 : 11,
      warmUp: quick ? 1 : 10,
      resourceLimits: { maxYoungGenerationSizeMb: 256 },
    });
    requireSameDigest(measured);
    const [least = Number.NaN, ...others] = measured.map(({ samples }) => spreadOf(samples).median);
    rows.push({ handler, least, beyond: others.map((bytes) => Math.round(bytes - least)) });
  }
  const ours = rows.map(({ beyond }) => beyond[candidateNames.indexOf('lanewise')] ?? Number.NaN);
  return {
    tables: [
      {
        title: 'Bytes allocated for a record beyond the decoded value of 500 bytes and its text',
        head: ['handler', 'value and text', ...candidateNames],
        rows: rows.map(({ handler, least, beyond }) => [handler, Math.round(least), ...beyond]),
      },
    ],
    targets: rows.map(({ handler }, index) => ({
      what: `allocation for a record beyond the decoded value, ${handler} handler`,
      target: `at most ${limit} bytes`,
      measured: `${ours[index]} bytes`,
      reached: (ours[index] ?? Number.NaN) <= limit,
    })),
  };
}
