import { spreadOf } from '../measure/statistics.ts';
import { formatRate } from '../report/format.ts';
import type { Bench, ResultTable } from '../result.ts';
import { consumers } from './consumers.ts';
import { type Play, type Played, playFailures } from './play-failures.ts';

const shares: Readonly<Record<string, number>> = { '0.1 %': 1_000, '1 %': 100, '10 %': 10 };

/** What failures cost: through the local mapping, each consumer in the way that its library proposes. */
export const failures: Bench = {
  title: 'Records that fail once',
  packages: [
    '@aws-lambda-powertools/kafka',
    '@aws-lambda-powertools/batch',
    '@middy/core',
    '@middy/event-normalizer',
  ],
  run: async ({ quick }) => {
    const tables: ResultTable[] = [];
    for (const [share, failEvery] of Object.entries(shares)) {
      const play = { records: quick ? 2_000 : 12_000, partitions: 3, failEvery };
      tables.push(tableOf(share, await playAll(play, quick ? 1 : 5)));
    }
    return { tables, targets: [], notes };
  },
};

type PlayedByConsumer = ReadonlyMap<string, readonly Played[]>;

/** All consumers in turn, in every round. */
async function playAll(play: Play, rounds: number): Promise<PlayedByConsumer> {
  const played = new Map(Object.keys(consumers).map((name) => [name, [] as Played[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, consumer] of Object.entries(consumers)) {
      const result = await playFailures(consumer, play);
      if (result.done !== play.records) {
        throw new Error(`${name} has done ${result.done} of ${play.records} records`);
      }
      played.get(name)?.push(result);
    }
  }
  return played;
}

function tableOf(share: string, played: PlayedByConsumer): ResultTable {
  return {
    title: `${share} of the records fail once`,
    head: [
      'consumer',
      'useful records/s',
      'times delivered, mean',
      'most',
      'invocations',
      'done after a later one',
    ],
    rows: Array.from(played, ([name, results]) => {
      const middle = (pick: (result: Played) => number) => spreadOf(results.map(pick)).median;
      const records = results[0]?.done ?? Number.NaN;
      return [
        name,
        formatRate((records / middle(({ milliseconds }) => milliseconds)) * 1_000),
        middle(({ deliveries }) => deliveries).toFixed(2),
        middle(({ mostDeliveries }) => mostDeliveries),
        Math.round(middle(({ invocations }) => invocations)),
        Math.round(middle(({ outOfOrder }) => outOfOrder)),
      ];
    }),
  };
}

const notes: readonly string[] = [
  '12,000 records in 3 partitions, batches of up to 1,000, retries without limit and a millisecond apart, so that work is compared and not waiting: in AWS each further invocation also waits. Medians of five rounds in which the consumers take turns; deliveries are counted in the events.',
  'Handlers that throw at the first failure have the whole batch delivered again for every failure in it. Reporting exactly the failures of records that ran all at once delivers least, and does records after later ones of their partition.',
  "In partition order nothing behind a failure is attempted, so the rest of the lane is delivered again with it: the price of order. In key order only the failed key's records come again.",
];
