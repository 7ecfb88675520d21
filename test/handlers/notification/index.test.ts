import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KafkaHandler } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { aCancellation, anOrder, recordOf } from '../../support/an-order.ts';
import {
  deliver,
  deliverAgain,
  loadHandler,
  type RunningShop,
  reported,
  startShop,
} from '../../support/running-shop.ts';

let shop: RunningShop;
let handler: KafkaHandler;

beforeAll(async () => {
  shop = await startShop('notification');
  handler = await loadHandler('notification');
});
afterAll(() => shop.stop());

const mailsTo = async (recipient: string) =>
  (await shop.mails()).filter((mail) => mail.recipients.includes(recipient));

test('confirms an order by a mail that names it and its total', async () => {
  const order = anOrder({ orderId: 'o-1', email: 'ada@example.com' });
  expect(reported(await deliver(handler, [recordOf(order)]))).toEqual([]);
  const [mail] = await mailsTo('ada@example.com');
  expect(mail?.subject).toBe('Order o-1 confirmed: €39.98');
  expect(mail?.text).toContain('2 x sku-3 at €19.99');
});

test('names a total in yen without decimals', async () => {
  await deliver(handler, [recordOf(anOrder({ email: 'sakura@example.com', currency: 'JPY' }))]);
  expect((await mailsTo('sakura@example.com'))[0]?.text).toContain('Total: ¥3,998');
});

test('confirms a cancellation with the reason, in whatever script', async () => {
  const cancellation = aCancellation({
    orderId: 'o-2',
    email: 'grace@example.com',
    reason: '気が変わりました',
  });
  await deliver(handler, [recordOf(cancellation)]);
  const [mail] = await mailsTo('grace@example.com');
  expect(mail?.subject).toBe('Order o-2 cancelled');
  expect(mail?.text).toContain('気が変わりました');
});

test('sends nothing for a record that comes again once it is done', async () => {
  const record = recordOf(anOrder({ orderId: 'o-3', email: 'again@example.com' }));
  await deliver(handler, [record]);
  expect(reported(await deliverAgain(handler, [record]))).toEqual([]);
  expect(await mailsTo('again@example.com')).toHaveLength(1);
});

test('sends the same words again when nobody knows any more that the record is done', async () => {
  const record = recordOf(anOrder({ orderId: 'o-5', email: 'twice@example.com' }));
  await deliver(handler, [record]);
  await deliver(handler, [record]);
  const [first, second] = await mailsTo('twice@example.com');
  expect(second).toEqual(first);
  expect(await shop.effects()).toMatchObject({ mailsRepeated: 1 });
});

test('parks what is no order, passes over a tombstone, and goes on', async () => {
  const batch = [
    aRecord({ offset: 5, value: { ...anOrder(), email: 'nobody' } }),
    aRecord({ offset: 6, value: null }),
    recordOf(anOrder({ orderId: 'o-4', email: 'next@example.com' }), { offset: 7 }),
  ];
  expect(reported(await deliver(handler, batch))).toEqual([]);
  expect(await mailsTo('next@example.com')).toHaveLength(1);
  expect(await shop.parked()).toMatchObject([
    { group: 'notification', position: 'order-events-0@5', code: 'SCHEMA_VIOLATION' },
  ]);
});
