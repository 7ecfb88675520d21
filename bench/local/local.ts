import type { Bench, Findings } from '../result.ts';
import { compareEmbedded } from './compare-embedded.ts';
import { compareKafka } from './compare-kafka.ts';
import { measureMemory } from './measure-memory.ts';
import { measureStart } from './measure-start.ts';

/** What the local event source mapping costs. */
export const local: Bench = {
  title: 'The local event source mapping',
  packages: ['@platformatic/kafka', 'kafkajs'],
  run: async (options) => {
    const { bootstrap } = options;
    const parts: Pick<Findings, 'tables' | 'targets'>[] = [await compareEmbedded(options)];
    if (bootstrap !== undefined) parts.push(await compareKafka({ ...options, bootstrap }));
    parts.push(await measureMemory(options));
    // It takes seconds a run, and the commands of local/ have tests of their own.
    if (!options.quick) parts.push(await measureStart(options));
    return {
      tables: parts.flatMap(({ tables }) => tables),
      targets: parts.flatMap(({ targets }) => targets),
      notes: bootstrap === undefined ? [...notes, withoutKafka] : notes,
    };
  },
};

const notes: readonly string[] = [
  'The mapping runs as with `npm start`: it joins its group, fetches, batches, writes the event as JSON text, hands it to the function in a worker thread, reads the answer and commits. "No function" answers at once in the same thread, a no-op function gets the event parsed, lanewise decodes every value too.',
  'Memory is that of the whole process. With a function it has an execution environment, a V8 isolate of about 23 MB in use, for each of up to five invocations at once of three pollers.',
];
const withoutKafka =
  'Apache Kafka was not measured in this run: start one with `npm run kafka` and give its address with `--bootstrap`.';
