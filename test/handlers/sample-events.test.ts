import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aLambdaContext } from '../../lib/testing/index.ts';
import {
  type ConsumerName,
  loadHandler,
  type RunningShop,
  reported,
  startShop,
} from '../support/running-shop.ts';

let shop: RunningShop;
/** What each consumer answered to its own event: the tests look at what all of them have done. */
const answers = new Map<ConsumerName, readonly string[]>();
const consumers = ['billing', 'inventory', 'notification'] as const;

beforeAll(async () => {
  shop = await startShop('billing');
  for (const consumer of consumers) answers.set(consumer, await answerOf(consumer, consumer));
});
afterAll(() => shop.stop());

async function answerOf(consumer: ConsumerName, file: string): Promise<readonly string[]> {
  const event: unknown = JSON.parse(
    readFileSync(new URL(`../fixtures/events/${file}.json`, import.meta.url), 'utf8'),
  );
  process.env.KAFKA_CONSUMER_GROUP = consumer;
  const handler = await loadHandler(consumer);
  return reported(await handler(event, aLambdaContext({ now: Date.now })));
}

describe('the sample events', () => {
  test.each(consumers)('of %s are all done or parked', (consumer) => {
    expect(answers.get(consumer)).toEqual([]);
  });

  test('have one record for each consumer to park', async () => {
    expect(
      (await shop.parked()).map((record) => `${record.group} ${record.position} ${record.code}`),
    ).toEqual([
      'billing order-events-1@977 INVALID_JSON',
      'inventory order-events-1@978 SCHEMA_VIOLATION',
      'notification order-events-1@977 SCHEMA_VIOLATION',
    ]);
  });

  test('show every outcome of the shop', async () => {
    expect(await shop.invoice('o-1004')).toMatchObject({ total: 4800, currency: 'JPY' });
    expect(await shop.creditNote('o-1001')).toMatchObject({ status: 'issued' });
    expect(await shop.creditNote('o-0999')).toMatchObject({ status: 'refused' });
    expect(await shop.reservation('o-1001')).toMatchObject({
      outcome: 'reserved',
      releasedAt: expect.any(String),
    });
    expect(await shop.reservation('o-1002')).toMatchObject({ outcome: 'back-ordered' });
    expect(await shop.reservation('o-0999')).toMatchObject({ outcome: 'nothing-to-release' });
    expect((await shop.mails()).map((mail) => mail.subject)).toContain('Order o-1004 confirmed: ¥4,800');
  });

  test('include a thin retry, which has nothing but records and is handled like any other', async () => {
    expect(await answerOf('billing', 'thin-retry')).toEqual([]);
    expect(await shop.invoice('o-1010')).toMatchObject({ currency: 'USD' });
  });
});
