import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KafkaHandler } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { aCancellation, anOrder, recordOf } from '../../support/an-order.ts';
import { deliver, loadHandler, type RunningShop, reported, startShop } from '../../support/running-shop.ts';

let shop: RunningShop;
let handler: KafkaHandler;

const wants = (...lines: readonly (readonly [sku: string, quantity: number])[]) => ({
  lines: lines.map(([sku, quantity]) => ({ sku, quantity, unitPrice: 100 })),
});

beforeAll(async () => {
  shop = await startShop('inventory');
  handler = await loadHandler('inventory');
});
afterAll(() => shop.stop());
beforeEach(async () => {
  await shop.setStock('sku-1', 100);
  await shop.setStock('sku-2', 100);
  await shop.setStock('sku-13', 5);
});

describe('an order', () => {
  test('takes the stock of all its lines', async () => {
    const order = anOrder({ orderId: 'o-all', ...wants(['sku-1', 3], ['sku-2', 4]) });
    expect(reported(await deliver(handler, [recordOf(order)]))).toEqual([]);
    expect([await shop.available('sku-1'), await shop.available('sku-2')]).toEqual([97, 96]);
    expect(await shop.reservation('o-all')).toMatchObject({ outcome: 'reserved' });
  });

  test('that names a sku twice takes the sum', async () => {
    const order = anOrder({ orderId: 'o-twice', ...wants(['sku-13', 2], ['sku-1', 1], ['sku-13', 2]) });
    await deliver(handler, [recordOf(order)]);
    expect(await shop.available('sku-13')).toBe(1);
  });

  test('that names a sku twice is back-ordered when the sum is too much, though each line is not', async () => {
    const order = anOrder({ orderId: 'o-sum', ...wants(['sku-13', 3], ['sku-13', 3]) });
    await deliver(handler, [recordOf(order)]);
    expect(await shop.reservation('o-sum')).toMatchObject({ outcome: 'back-ordered' });
    expect(await shop.available('sku-13')).toBe(5);
  });

  test('leaves all lines untouched when one does not suffice, and that is no error', async () => {
    const order = anOrder({ orderId: 'o-short', ...wants(['sku-1', 3], ['sku-13', 6]) });
    expect(reported(await deliver(handler, [recordOf(order)]))).toEqual([]);
    expect([await shop.available('sku-1'), await shop.available('sku-13')]).toEqual([100, 5]);
    expect(await shop.reservation('o-short')).toMatchObject({ outcome: 'back-ordered' });
  });

  test('of an unknown sku is back-ordered', async () => {
    await deliver(handler, [recordOf(anOrder({ orderId: 'o-unknown', ...wants(['sku-999', 1]) }))]);
    expect(await shop.reservation('o-unknown')).toMatchObject({ outcome: 'back-ordered' });
  });

  test('stays back-ordered when it comes again after the stock came in', async () => {
    const record = recordOf(anOrder({ orderId: 'o-decided', ...wants(['sku-13', 6]) }));
    await deliver(handler, [record]);
    await shop.setStock('sku-13', 50);
    await deliver(handler, [record]);
    expect(await shop.reservation('o-decided')).toMatchObject({ outcome: 'back-ordered' });
    expect(await shop.available('sku-13')).toBe(50);
  });

  test('may have as many lines as the contract allows', async () => {
    const lines = Array.from({ length: 98 }, (_, index) => [`sku-many-${index}`, 1] as const);
    await Promise.all(lines.map(([sku]) => shop.setStock(sku, 1)));
    await deliver(handler, [recordOf(anOrder({ orderId: 'o-many', ...wants(...lines) }))]);
    expect(await shop.reservation('o-many')).toMatchObject({ outcome: 'reserved' });
  });

  test('of the same partition that comes first gets the last piece', async () => {
    const first = recordOf(anOrder({ orderId: 'o-first', ...wants(['sku-13', 4]) }), { offset: 0 });
    const second = recordOf(anOrder({ orderId: 'o-second', ...wants(['sku-13', 4]) }), { offset: 1 });
    await deliver(handler, [first, second]);
    expect(await shop.reservation('o-first')).toMatchObject({ outcome: 'reserved' });
    expect(await shop.reservation('o-second')).toMatchObject({ outcome: 'back-ordered' });
  });
});

describe('a cancellation', () => {
  test('gives back what was reserved, once', async () => {
    const order = recordOf(anOrder({ orderId: 'o-back', ...wants(['sku-1', 3], ['sku-13', 5]) }));
    const cancellation = recordOf(aCancellation({ orderId: 'o-back' }), { offset: 1 });
    await deliver(handler, [order, cancellation]);
    await deliver(handler, [cancellation]);
    expect([await shop.available('sku-1'), await shop.available('sku-13')]).toEqual([100, 5]);
    expect(await shop.reservation('o-back')).toMatchObject({
      outcome: 'reserved',
      releasedAt: expect.any(String),
    });
  });

  test('of a back-ordered order gives nothing back', async () => {
    const order = recordOf(anOrder({ orderId: 'o-none', ...wants(['sku-13', 6]) }));
    await deliver(handler, [order, recordOf(aCancellation({ orderId: 'o-none' }), { offset: 1 })]);
    expect(await shop.available('sku-13')).toBe(5);
    const row = await shop.reservation('o-none');
    expect(row).toMatchObject({ outcome: 'back-ordered', cancelledAt: '2026-11-23T10:05:00.000Z' });
    expect(row).not.toHaveProperty('releasedAt');
  });

  test('of an unknown order is written down, and the order that comes after it reserves nothing', async () => {
    await deliver(handler, [recordOf(aCancellation({ orderId: 'o-early' }))]);
    expect(await shop.reservation('o-early')).toMatchObject({ outcome: 'nothing-to-release' });
    const order = recordOf(anOrder({ orderId: 'o-early', ...wants(['sku-1', 3]) }), { offset: 1 });
    expect(reported(await deliver(handler, [order]))).toEqual([]);
    expect(await shop.available('sku-1')).toBe(100);
  });
});

describe('two environments with the same records at once', () => {
  const order = recordOf(anOrder({ orderId: 'o-race', ...wants(['sku-1', 3]) }));
  const cancellation = recordOf(aCancellation({ orderId: 'o-race' }), { offset: 1 });
  const atOnce = (record: typeof order) =>
    Promise.all(Array.from({ length: 8 }, () => deliver(handler, [record])));

  test('take the stock once and give it back once', async () => {
    expect((await atOnce(order)).flatMap(reported)).toEqual([]);
    expect(await shop.available('sku-1')).toBe(97);
    expect((await atOnce(cancellation)).flatMap(reported)).toEqual([]);
    expect(await shop.available('sku-1')).toBe(100);
  });
});

describe('a batch', () => {
  test('changes nothing when it is delivered again', async () => {
    const batch = [
      recordOf(anOrder({ orderId: 'o-p', ...wants(['sku-1', 1], ['sku-13', 2]) }), { offset: 0 }),
      recordOf(anOrder({ orderId: 'o-q', ...wants(['sku-13', 9]) }), { partition: 1, offset: 0 }),
      recordOf(aCancellation({ orderId: 'o-p' }), { offset: 1 }),
      recordOf(anOrder({ orderId: 'o-r', ...wants(['sku-2', 7]) }), { offset: 2 }),
      recordOf(aCancellation({ orderId: 'o-q' }), { partition: 1, offset: 1 }),
    ];
    await deliver(handler, batch);
    const before = [await shop.rows('Stock'), await shop.rows('Reservations')];
    expect(reported(await deliver(handler, batch))).toEqual([]);
    expect([await shop.rows('Stock'), await shop.rows('Reservations')]).toEqual(before);
  });

  test('parks what is no order, passes over a tombstone, and goes on', async () => {
    const batch = [
      aRecord({ partition: 2, offset: 8, value: Buffer.from([0xff, 0x00]) }),
      aRecord({ partition: 2, offset: 9, key: 'o-gone', value: null }),
      recordOf(anOrder({ orderId: 'o-next' }), { partition: 2, offset: 10 }),
    ];
    expect(reported(await deliver(handler, batch))).toEqual([]);
    expect(await shop.reservation('o-next')).toMatchObject({ outcome: 'reserved' });
    expect(await shop.parked()).toMatchObject([{ group: 'inventory', position: 'order-events-2@8' }]);
  });
});
