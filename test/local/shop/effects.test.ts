import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KafkaHandler } from '../../../lib/index.ts';
import { readEffects } from '../../../local/shop/effects.ts';
import { sampleOrders } from '../../../local/shop/sample-orders.ts';
import { seedStock } from '../../../local/shop/seed-stock.ts';
import { shopResources } from '../../../local/shop/shop-resources.ts';
import { expectedEffects, sampleStock } from '../../support/expected-effects.ts';
import {
  type ConsumerName,
  deliver,
  loadHandler,
  type RunningShop,
  reported,
  startShop,
} from '../../support/running-shop.ts';

let shop: RunningShop;
const handlers = new Map<ConsumerName, KafkaHandler>();

beforeAll(async () => {
  shop = await startShop('billing');
  for (const name of ['billing', 'inventory', 'notification'] as const) {
    process.env.KAFKA_CONSUMER_GROUP = name;
    handlers.set(name, await loadHandler(name));
  }
});
afterAll(() => shop.stop());

/** A topic of three partitions. Any placement will do that keeps a key in its partition. */
function topicOf(records: ReturnType<typeof sampleOrders>) {
  const ends = [0, 0, 0];
  return records.map((record) => {
    const partition = (record.key ?? Buffer.of(0)).reduce((sum, byte) => sum + byte, 0) % 3;
    const offset = ends[partition] ?? 0;
    ends[partition] = offset + 1;
    const { key, value, headers = [] } = record;
    return {
      topic: 'order-events',
      partition,
      offset,
      timestamp: 0,
      timestampType: 'CREATE_TIME',
      key,
      value,
      headers,
    } as const;
  });
}

test('the effects of the three consumers add up with the orders that went in', async () => {
  const records = sampleOrders({ count: 120, seed: 7 });
  const expected = expectedEffects(records);
  const topic = topicOf(records);
  for (const handler of handlers.values()) expect(reported(await deliver(handler, topic))).toEqual([]);

  const effects = await shop.effects();
  expect(effects).toMatchObject({
    invoices: expected.invoices,
    creditNotes: expected.creditNotes,
    mails: expected.mails,
    mailsRepeated: 0,
  });
  expect(effects.reservations + effects.backorders).toBe(expected.decided);
  expect(effects.reservations).toBeGreaterThanOrEqual(expected.reservations.atLeast);
  expect(effects.reservations).toBeLessThanOrEqual(expected.reservations.atMost);
  expect(effects.backorders).toBeGreaterThan(0);

  const parked = await shop.parked();
  expect(parked).toHaveLength(3 * expected.parked.length);
  const keys = parked.map(
    (found) =>
      topic.find((record) => `order-events-${record.partition}@${record.offset}` === found.position)?.key,
  );
  expect(new Set(keys.map(String))).toEqual(new Set(expected.parked));
});

test('what is left in stock, with what is reserved, is what there was', async () => {
  const held = new Map<string, number>();
  for (const row of await shop.rows('Reservations')) {
    if (row.outcome !== 'reserved' || row.releasedAt) continue;
    for (const { sku, quantity } of row.items) held.set(sku, (held.get(sku) ?? 0) + quantity);
  }
  for (const row of await shop.rows('Stock')) {
    expect([row.sku, row.available + (held.get(row.sku) ?? 0)]).toEqual([row.sku, sampleStock(row.sku)]);
  }
});

test('counts all rows of a table, however many pages they take', async () => {
  const before = await shop.effects();
  const filler = 'x'.repeat(300_000);
  for (let index = 0; index < 8; index += 1) {
    const row = { orderId: `o-large-${index}`, kind: 'invoice', filler };
    await shop.put('Invoices', row);
  }
  expect((await shop.effects()).invoices).toBe(before.invoices + 8);
});

test('a credit note that was refused is none, and a mail that was sent again is told apart', async () => {
  const before = await shop.effects();
  await shop.put('Invoices', { orderId: 'o-none', kind: 'credit-note', status: 'refused' });
  const client = new SESv2Client({ endpoint: shop.environment.AWS_ENDPOINT_URL_SESV2 });
  for (const subject of ['A', 'A', 'B']) {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: 'shop@example.com',
        Destination: { ToAddresses: ['ada@example.com'] },
        Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'again' } } } },
      }),
    );
  }
  client.destroy();
  expect(await shop.effects()).toEqual({
    ...before,
    mails: before.mails + 2,
    mailsRepeated: before.mailsRepeated + 1,
  });
});

test('to fill the stock again gives nothing back that was taken', async () => {
  const before = await shop.rows('Stock');
  await seedStock('Stock', shop.environment);
  expect(await shop.rows('Stock')).toEqual(before);
});

test('a system without the tables of the shop has no effects', async () => {
  const effects = await readEffects(shopResources({ functions: [] }), {});
  expect(Object.values(effects).every((count) => count === 0)).toBe(true);
});
