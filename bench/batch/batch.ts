import type { Bench, BenchOptions, Findings } from '../result.ts';
import { compareAllocation } from './compare-allocation.ts';
import { compareAnswers } from './compare-answers.ts';
import { compareBatches } from './compare-batches.ts';
import { comparePartitions } from './compare-partitions.ts';
import { compareReads } from './compare-reads.ts';
import { compareSituations } from './compare-situations.ts';

/** Decoding and dispatch of a batch inside the function. */
export const batch: Bench = {
  title: 'Decoding and dispatch of a batch',
  packages: [
    '@aws-lambda-powertools/kafka',
    '@aws-lambda-powertools/batch',
    '@middy/core',
    '@middy/event-normalizer',
  ],
  run: async (options) => {
    const parts: Pick<Findings, 'tables' | 'targets'>[] = [];
    for (const compare of comparisons) parts.push(await compare(options));
    return {
      tables: parts.flatMap(({ tables }) => tables),
      targets: parts.flatMap(({ targets }) => targets),
      notes,
    };
  },
};

const comparisons: readonly ((options: BenchOptions) => Promise<Pick<Findings, 'tables' | 'targets'>>)[] = [
  compareBatches,
  compareReads,
  comparePartitions,
  compareAnswers,
  compareAllocation,
  compareSituations,
];

const notes: readonly string[] = [
  "The floor is `JSON.parse(Buffer.from(value, 'base64'))` in a loop, without a handler, an order or an answer; with key and headers it turns those into text as well.",
  'Each candidate runs in a thread of its own and gets an event that was just parsed from its JSON text, as in Lambda. They take turns of one to three milliseconds; a ratio is taken within a round, and its median with the middle half of all rounds is shown.',
  "Powertools' batch package knows no Kafka events: the adapter that a user has to write is part of that candidate. Middy is its core with the event normalizer, which decodes values only: the loop, keys, headers are the handler's own code, and neither failures nor the time are looked at. Its event-batch packages are not on the registry, nor is lambda-event-router.",
  'Bytes are counted beyond the text of the value and what JSON.parse makes of it. An async handler makes a promise for each record, and an `await` of it two closures more, which is the line of the awaited floor: those bytes are in the line of the awaiting handler too. bench/profiles/ tells where the rest goes.',
];
