import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OrderEvent } from '../../../handlers/orders/order-event.ts';
import { sampleOrders } from '../../../local/shop/sample-orders.ts';
import type { ProducedRecord } from '../../../local/source/record-source.ts';

const options = fc.record({
  count: fc.integer({ min: 20, max: 400 }),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
});

function kindOf(record: ProducedRecord): string {
  const text = record.value?.toString() ?? '';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'undecodable';
  }
  const event = OrderEvent.safeParse(parsed);
  return event.success ? event.data.kind : 'schema-violation';
}

const eventsOf = (records: readonly ProducedRecord[]) =>
  records.flatMap((record) =>
    kindOf(record).startsWith('order.') ? [OrderEvent.parse(JSON.parse(String(record.value)))] : [],
  );

test('makes exactly as many records as asked for, even few or none', () => {
  fc.assert(
    fc.property(fc.nat({ max: 120 }), fc.nat(), (count, seed) => {
      expect(sampleOrders({ count, seed })).toHaveLength(count);
    }),
  );
});

test('makes the same records for the same seed, and other orders for another', () => {
  fc.assert(
    fc.property(options, ({ count, seed }) => {
      const keys = new Set(sampleOrders({ count, seed }).map((record) => String(record.key)));
      expect(sampleOrders({ count, seed })).toEqual(sampleOrders({ count, seed }));
      expect(sampleOrders({ count, seed: seed + 1 }).some((record) => keys.has(String(record.key)))).toBe(
        false,
      );
    }),
    { numRuns: 30 },
  );
});

test('has at least one of each kind from twenty records on, and mostly orders', () => {
  fc.assert(
    fc.property(options, (chosen) => {
      const kinds = sampleOrders(chosen).map(kindOf);
      const count = (kind: string) => kinds.filter((each) => each === kind).length;
      expect(count('undecodable')).toBeGreaterThan(0);
      expect(count('schema-violation')).toBeGreaterThan(0);
      expect(count('order.cancelled')).toBeGreaterThan(0);
      expect(count('order.placed')).toBeGreaterThan(chosen.count * 0.7);
    }),
  );
});

test('cancels an order only after it was placed, and once', () => {
  fc.assert(
    fc.property(options, (chosen) => {
      const open = new Set<string>();
      for (const event of eventsOf(sampleOrders(chosen))) {
        if (event.kind === 'order.placed') open.add(event.orderId);
        else expect(open.delete(event.orderId)).toBe(true);
      }
    }),
  );
});

test('keys every event by its order, so that the events of an order stay in order', () => {
  fc.assert(
    fc.property(options, (chosen) => {
      for (const record of sampleOrders(chosen)) {
        if (!kindOf(record).startsWith('order.')) continue;
        expect(String(record.key)).toBe(OrderEvent.parse(JSON.parse(String(record.value))).orderId);
      }
    }),
  );
});

describe('the orders', () => {
  const orders = eventsOf(sampleOrders({ count: 400, seed: 1 })).filter(
    (event) => event.kind === 'order.placed',
  );
  const lines = orders.flatMap((order) => order.lines);

  test('come from many customers, in three currencies, with names in several scripts', () => {
    expect(new Set(orders.map((order) => order.email)).size).toBeGreaterThan(100);
    expect(new Set(orders.map((order) => order.currency))).toEqual(new Set(['EUR', 'USD', 'JPY']));
    expect(orders.some((order) => /\p{Script=Han}/u.test(order.customerId))).toBe(true);
  });

  test('want more of sku-13 than there is, and skus that nobody has', () => {
    const scarce = lines
      .filter((line) => line.sku === 'sku-13')
      .reduce((sum, line) => sum + line.quantity, 0);
    expect(scarce).toBeGreaterThan(5);
    expect(lines.some((line) => Number(line.sku.slice(4)) > 50)).toBe(true);
  });
});
