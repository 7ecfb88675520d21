import { expect, test } from 'vitest';
import type { OpenRun } from '../../../local/run/open-run.ts';
import type { SelectedMapping } from '../../../local/run/select-mappings.ts';
import { oldOrders, writeOrders } from '../../../local/run/write-orders.ts';
import type { GivenRecord } from '../../../local/shop/orders-file.ts';
import { createEmbeddedSource } from '../../../local/source/embedded-source.ts';
import type { RecordSource } from '../../../local/source/record-source.ts';

const mapping = (topic: string, maximumRecordAge = -1, consumer = 'billing') =>
  ({ config: { consumer, topic, maximumRecordAge } }) as SelectedMapping;

async function aRun(
  topics: readonly string[],
  wrap: (source: RecordSource) => RecordSource = (same) => same,
) {
  const source = createEmbeddedSource();
  for (const topic of new Set(topics)) await source.createTopic(topic, 2);
  const open = { source: wrap(source), mappings: topics.map((topic) => mapping(topic)), produced: 0 };
  const written = async (topic: string) =>
    [...(await source.endOffsets(topic)).values()].reduce((sum, { end }) => sum + end, 0);
  // Of a run, what writing needs.
  return { open: open as unknown as OpenRun, written };
}

const records = (count: number, partition?: number): readonly GivenRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    key: Buffer.from(String(index)),
    value: Buffer.from('{}'),
    place: `orders.jsonl, line ${index + 1}`,
    ...(partition === undefined ? {} : { partition }),
  }));

test('orders go once to each topic that a mapping of the run reads', async () => {
  const { open, written } = await aRun(['orders', 'orders', 'returns']);
  await writeOrders(open, records(2_500));
  expect([await written('orders'), await written('returns'), open.produced]).toEqual([2_500, 2_500, 5_000]);
});

test('a run that is told to end writes no more', async () => {
  const ending = new AbortController();
  const { open, written } = await aRun(['orders'], (source) => ({
    ...source,
    produce: async (topic, some) => {
      ending.abort();
      return source.produce(topic, some);
    },
  }));
  await writeOrders(open, records(5_000), ending.signal);
  expect(open.produced).toBeLessThan(5_000);
  expect(await written('orders')).toBe(open.produced);
});

test('a partition that is not there is refused by file and line, and nothing is written before', async () => {
  const { open, written } = await aRun(['orders']);
  const all = [...records(1_500, 1), ...records(1, 2)];
  await expect(writeOrders(open, all)).rejects.toThrow(
    /^orders\.jsonl, line 1: there is no partition 2 in topic orders, it has 0 to 1; leave "partition" out/,
  );
  expect([await written('orders'), open.produced]).toEqual([0, 0]);
});

test('orders that a mapping will give up for their age are told, mapping by mapping', () => {
  const at = (timestamp?: number) => ({
    key: null,
    value: null,
    ...(timestamp === undefined ? {} : { timestamp }),
  });
  const now = 10_000_000;
  const mappings = [
    mapping('orders', 60_000, 'billing'),
    mapping('orders', 5_000_000, 'inventory'),
    mapping('orders', -1, 'notification'),
  ];
  const lines = oldOrders([at(), at(now), at(now - 60_000), at(now - 60_001), at(1)], mappings, now);
  expect(lines).toEqual([
    expect.stringMatching(/^billing: gives up 2 of the orders untried, .+ MaximumRecordAgeInSeconds \(60\);/),
    expect.stringMatching(/^inventory: gives up 1 .+ \(5000\);/),
  ]);
});
