import { createEmbeddedSource } from '../../local/source/embedded-source.ts';
import { spreadOf } from '../measure/statistics.ts';
import { formatRate } from '../report/format.ts';
import type { BenchOptions, Findings, ResultTable } from '../result.ts';
import { topic } from '../support/a-mapping.ts';
import { produceOrders } from '../support/produce-orders.ts';
import { drainMapping } from './drain-mapping.ts';
import { formatRates } from './format-rates.ts';
import { invokers, type OpenInvoker } from './invokers.ts';

const wanted = 150_000;

type Part = Pick<Findings, 'tables' | 'targets'>;

/** The whole local mapping on the embedded source. */
export async function compareEmbedded({ quick }: BenchOptions): Promise<Part> {
  const opened = new Map<string, OpenInvoker>();
  try {
    for (const [name, open] of Object.entries(invokers)) opened.set(name, await open());
    const base = await compareInvokers(opened, quick);
    const shapes = await compareShapes(opened, quick);
    return { tables: [...base.tables, shapes], targets: base.targets };
  } finally {
    await Promise.all(Array.from(opened.values(), (invoker) => invoker.stop()));
  }
}

async function compareInvokers(opened: ReadonlyMap<string, OpenInvoker>, quick: boolean): Promise<Part> {
  const records = quick ? 3_000 : 100_000;
  const source = await filledSource(records, 3);
  const rates = new Map(Array.from(opened.keys(), (name) => [name, [] as number[]]));
  for (let round = 0; round <= (quick ? 1 : 9); round += 1) {
    for (const [name, invoker] of opened) {
      const rate = await drainMapping(source, invoker, { records, batchSize: 1_000 });
      if (round > 0) rates.get(name)?.push(rate);
    }
  }
  await source.close();
  const noOp = spreadOf(rates.get('no-op function') ?? []);
  return {
    tables: [
      {
        title: `Embedded source, ${records} records of 320 bytes in 3 partitions, batches of 1,000`,
        head: ['function', 'records/s'],
        rows: Array.from(rates, ([name, samples]) => [name, formatRates(spreadOf(samples))]),
      },
    ],
    targets: [
      {
        what: 'local mapping, embedded source, no-op function, batch 1,000',
        target: `at least ${formatRate(wanted)} records/s`,
        measured: `${formatRates(noOp)} records/s`,
        reached: noOp.median >= wanted,
      },
    ],
  };
}

/** From one partition to a thousand, and from one record a batch to ten thousand. */
async function compareShapes(opened: ReadonlyMap<string, OpenInvoker>, quick: boolean): Promise<ResultTable> {
  const partitionCounts = quick ? [1, 30] : [1, 3, 30, 300, 1_000];
  const batchSizes = quick ? [10, 1_000] : [1, 10, 100, 1_000, 10_000];
  const invoker = opened.get('lanewise, JSON');
  if (invoker === undefined) throw new Error('lanewise is not open');
  const rows: (string | number)[][] = [];
  for (const partitions of partitionCounts) {
    const row: (string | number)[] = [partitions];
    for (const batchSize of batchSizes) {
      // Small batches are many invocations, so fewer records say enough.
      const records = quick ? 300 : Math.min(60_000, 2_000 * batchSize);
      const source = await filledSource(records, partitions);
      row.push(formatRate(await drainMapping(source, invoker, { records, batchSize })));
      await source.close();
    }
    rows.push(row);
  }
  return {
    title: 'Embedded source, lanewise with JSON: records/s by partitions and batch size, one run each',
    head: ['partitions', ...batchSizes.map((size) => `batch ${size}`)],
    rows,
  };
}

async function filledSource(records: number, partitions: number) {
  const source = createEmbeddedSource({ retention: { maxBytes: 1e9, committedBytes: 1e9 } });
  await source.createTopic(topic, partitions);
  await produceOrders(source, records, partitions);
  return source;
}
