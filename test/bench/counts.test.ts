import { describe, expect, test } from 'vitest';
import { consumers } from '../../bench/failures/consumers.ts';
import { playFailures } from '../../bench/failures/play-failures.ts';
import { idempotency } from '../../bench/idempotency/idempotency.ts';
import { bundleFunction, functionSources } from '../../bench/init/functions.ts';

const play = { records: 300, partitions: 3, failEvery: 10 };

describe('records that fail once', () => {
  test.each(Object.keys(consumers))('%s does every record in the end', async (name) => {
    const consumer = consumers[name];
    if (consumer === undefined) throw new Error(`there is no consumer ${name}`);
    expect(await playFailures(consumer, play)).toMatchObject({ done: play.records });
  });

  test('in partition order a record is never done after a later one', async () => {
    const consumer = consumers['lanewise, partition order'];
    if (consumer === undefined) throw new Error('lanewise is not there');
    expect(await playFailures(consumer, play)).toMatchObject({ outOfOrder: 0 });
  });

  test('in key order only what failed is delivered again', async () => {
    const consumer = consumers['lanewise, key order'];
    if (consumer === undefined) throw new Error('lanewise is not there');
    expect(await playFailures(consumer, play)).toMatchObject({ deliveries: 1.1, mostDeliveries: 2 });
  });

  test('a whole batch that comes again is delivered once for each of its failures, and once more', async () => {
    const consumer = consumers['whole batch again'];
    if (consumer === undefined) throw new Error('the plain consumer is not there');
    const { deliveries, invocations } = await playFailures(consumer, { ...play, partitions: 1 });
    // One batch of 300 records with 30 failures.
    expect([deliveries, invocations]).toEqual([31, 31]);
  });
});

test('the checkpoint writes once for each partition, Powertools twice for each record', async () => {
  const { tables } = await idempotency.run({ quick: true, bootstrap: undefined });
  const writes = Object.fromEntries(tables[0]?.rows.map(([name, count]) => [name, count]) ?? []);
  expect(writes).toEqual({
    'no protection': 0,
    'lanewise checkpoint': 10,
    'one conditional put a record': 50,
    'Powertools idempotency': 100,
  });
});

test('the runtime is a fraction of what the peers bring along', async () => {
  const size = async (name: string) => (await bundleFunction(functionSources[name] ?? '')).length;
  expect(await size('lanewise, JSON')).toBeLessThanOrEqual(10 * 1_024);
  expect(await size('Powertools kafka')).toBeGreaterThan(10 * (await size('lanewise, JSON')));
});
