import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  shop = await startShop('billing');
  handler = await loadHandler('billing');
});
afterAll(() => shop.stop());

describe('an order', () => {
  test('gets an invoice over its total', async () => {
    const order = anOrder({ orderId: 'o-total', lines: [{ sku: 'sku-1', quantity: 3, unitPrice: 250 }] });
    expect(reported(await deliver(handler, [recordOf(order)]))).toEqual([]);
    expect(await shop.invoice('o-total')).toMatchObject({ total: 750, currency: 'EUR', customerId: 'c-17' });
  });

  test('has one invoice, the first, however often it comes', async () => {
    const order = anOrder({ orderId: 'o-again' });
    await deliver(handler, [recordOf(order)]);
    const changed = anOrder({ orderId: 'o-again', currency: 'USD' });
    expect(reported(await deliver(handler, [recordOf(order), recordOf(changed, { offset: 1 })]))).toEqual([]);
    expect(await shop.invoice('o-again')).toMatchObject({ currency: 'EUR' });
  });
});

describe('a cancellation', () => {
  test('gets a credit note over what was invoiced', async () => {
    const records = [
      recordOf(anOrder({ orderId: 'o-back' })),
      recordOf(aCancellation({ orderId: 'o-back' }), { offset: 1 }),
    ];
    expect(reported(await deliver(handler, records))).toEqual([]);
    expect(await shop.creditNote('o-back')).toMatchObject({ status: 'issued', total: 3998, currency: 'EUR' });
  });

  test('of an order without an invoice is written down as refused', async () => {
    expect(reported(await deliver(handler, [recordOf(aCancellation({ orderId: 'o-never' }))]))).toEqual([]);
    expect(await shop.creditNote('o-never')).toMatchObject({ status: 'refused' });
    expect(await shop.invoice('o-never')).toBeUndefined();
  });

  test('that was refused stays refused when it comes again after the order', async () => {
    const cancellation = recordOf(aCancellation({ orderId: 'o-late' }));
    await deliver(handler, [cancellation]);
    await deliver(handler, [recordOf(anOrder({ orderId: 'o-late' }), { offset: 1 })]);
    expect(reported(await deliver(handler, [cancellation]))).toEqual([]);
    expect(await shop.creditNote('o-late')).toMatchObject({ status: 'refused' });
  });
});

describe('a batch', () => {
  test('that its group has done is passed over, also where the invoices are gone', async () => {
    const batch = [
      recordOf(anOrder({ orderId: 'o-gone' })),
      recordOf(aCancellation({ orderId: 'o-gone' }), { offset: 1 }),
    ];
    await deliver(handler, batch);
    await shop.removeInvoices('o-gone');
    expect(reported(await deliverAgain(handler, batch))).toEqual([]);
    expect(await shop.invoice('o-gone')).toBeUndefined();
  });

  test('changes nothing when it is delivered again', async () => {
    const batch = [
      recordOf(anOrder({ orderId: 'o-a' }), { offset: 0 }),
      recordOf(anOrder({ orderId: 'o-b' }), { partition: 1, offset: 0 }),
      recordOf(aCancellation({ orderId: 'o-a' }), { offset: 1 }),
      recordOf(aCancellation({ orderId: 'o-unknown' }), { partition: 2, offset: 7 }),
    ];
    await deliver(handler, batch);
    const before = await shop.rows('Invoices');
    expect(reported(await deliver(handler, batch))).toEqual([]);
    expect(await shop.rows('Invoices')).toEqual(before);
  });

  test('parks what is no order, with its position, and goes on', async () => {
    const batch = [
      aRecord({ partition: 1, offset: 40, key: 'o-c', value: '{"kind":"order.pl' }),
      aRecord({
        partition: 1,
        offset: 41,
        key: 'o-c',
        value: { ...anOrder({ orderId: 'o-c' }), kind: 'order.shipped' },
      }),
      recordOf(anOrder({ orderId: 'o-c' }), { partition: 1, offset: 42 }),
    ];
    expect(reported(await deliver(handler, batch))).toEqual([]);
    expect(await shop.invoice('o-c')).toBeDefined();
    expect(await shop.parked()).toMatchObject([
      { group: 'billing', position: 'order-events-1@40', code: 'INVALID_JSON' },
      { group: 'billing', position: 'order-events-1@41', code: 'SCHEMA_VIOLATION' },
    ]);
  });

  test('passes over a tombstone and a record without a key', async () => {
    const batch = [
      aRecord({ partition: 2, offset: 10, key: 'o-d', value: null }),
      recordOf(anOrder({ orderId: 'o-e' }), { partition: 2, offset: 11, key: null }),
    ];
    expect(reported(await deliver(handler, batch))).toEqual([]);
    expect(await shop.invoice('o-d')).toBeUndefined();
    expect(await shop.invoice('o-e')).toBeDefined();
  });
});
