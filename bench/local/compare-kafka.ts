import { createKafkaSource } from '../../local/source/kafka-source.ts';
import { ratiosTo, spreadOf } from '../measure/statistics.ts';
import { formatSpread } from '../report/format.ts';
import type { BenchOptions, Findings } from '../result.ts';
import { topic } from '../support/a-mapping.ts';
import { produceOrders } from '../support/produce-orders.ts';
import { drainMapping } from './drain-mapping.ts';
import { formatRates } from './format-rates.ts';
import { invokers, type OpenInvoker } from './invokers.ts';
import { rawClients } from './raw-clients.ts';

const stream = '@platformatic/kafka, consume() stream';
const judged = 'local mapping, no-op function';

/** The whole local mapping on Apache Kafka beside raw clients on the same broker. The topic has to be new, or filled by an earlier run. */
export async function compareKafka(
  options: BenchOptions & { readonly bootstrap: string },
): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const { quick, bootstrap } = options;
  const records = quick ? 3_000 : 300_000;
  const source = createKafkaSource({ connection: { bootstrap } });
  const opened = new Map<string, OpenInvoker>();
  try {
    await fillTopic(source, records);
    for (const [name, open] of Object.entries(invokers)) opened.set(name, await open());
    const runs: Record<string, () => Promise<number>> = {};
    for (const [name, read] of Object.entries(rawClients)) {
      runs[name] = async () => (records / (await read(bootstrap, records))) * 1_000;
    }
    for (const [name, invoker] of opened) {
      runs[`local mapping, ${name}`] = () => drainMapping(source, invoker, { records, batchSize: 1_000 });
    }
    return findingsOf(await playRounds(runs, quick ? 1 : 7), records);
  } finally {
    await Promise.all(Array.from(opened.values(), (invoker) => invoker.stop()));
    await source.close();
  }
}

async function fillTopic(source: ReturnType<typeof createKafkaSource>, records: number): Promise<void> {
  await source.createTopic(topic, 3);
  const ends = await source.endOffsets(topic);
  const there = Array.from(ends.values()).reduce((sum, { end }) => sum + end, 0);
  if (there === 0) await produceOrders(source, records, 3);
  else if (there !== records) {
    throw new Error(`topic ${topic} has ${there} records, expected none or ${records}: take a new Kafka`);
  }
}

async function playRounds(
  runs: Readonly<Record<string, () => Promise<number>>>,
  rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const rates = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(runs)) {
      const rate = await run();
      // The first round warms the broker and all code.
      if (round > 0) rates.get(name)?.push(rate);
    }
  }
  return rates;
}

function findingsOf(
  rates: ReadonlyMap<string, readonly number[]>,
  records: number,
): Pick<Findings, 'tables' | 'targets'> {
  const raw = rates.get(stream) ?? [];
  const rows = Array.from(rates, ([name, samples]) => ({
    name,
    rate: spreadOf(samples),
    ratio: spreadOf(ratiosTo(raw, samples)),
  }));
  const ours = rows.find(({ name }) => name === judged)?.ratio ?? spreadOf([]);
  return {
    tables: [
      {
        title: `Apache Kafka, ${records} records of 320 bytes in 3 partitions, batches of 1,000`,
        head: ['reader', 'ratio to the raw stream', 'records/s'],
        rows: rows.map(({ name, rate, ratio }) => [name, formatSpread(ratio), formatRates(rate)]),
      },
    ],
    targets: [
      {
        what: 'local mapping on Apache Kafka, no-op function, batch 1,000',
        target: "at least 0.5 of the raw client's stream",
        measured: formatSpread(ours),
        reached: ours.median >= 0.5,
      },
    ],
  };
}
