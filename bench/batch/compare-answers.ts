import { type Spread, spreadOf } from '../measure/statistics.ts';
import { requireSameDigest, takeTurns } from '../measure/take-turns.ts';
import { formatSpread } from '../report/format.ts';
import type { BenchOptions, Findings } from '../result.ts';

const records = 10_000;
const limit = 5;

/** How long the answer takes when everything has failed. */
export async function compareAnswers({ quick }: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const measured = await takeTurns({
    module: new URL('./answer-case.ts', import.meta.url),
    entrants: [
      { label: 'the answer', candidate: 'object', situation: { records } },
      { label: 'the answer as JSON text', candidate: 'text', situation: { records } },
      {
        label: 'the whole invocation, an error thrown for each record',
        candidate: 'all',
        situation: { records },
      },
    ],
    rounds: quick ? 2 : 41,
    warmUp: quick ? 1 : 10,
  });
  requireSameDigest(measured);
  const times = measured.map(({ samples }) => spreadOf(samples.map((time) => time / 1e6)));
  const [, asText] = times;
  return {
    tables: [
      {
        title: '10,000 failures of 10 partitions',
        head: ['what', 'ms'],
        rows: measured.map(({ label }, index) => [label, formatSpread(times[index] as Spread)]),
      },
    ],
    targets: [
      {
        what: 'the response for 10,000 failures, as JSON text',
        target: `at most ${limit} ms`,
        measured: `${formatSpread(asText as Spread)} ms`,
        reached: (asText?.median ?? Number.NaN) <= limit,
      },
    ],
  };
}
