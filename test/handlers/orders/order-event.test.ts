import { describe, expect, test } from 'vitest';
import { OrderEvent, orderTotal } from '../../../handlers/orders/order-event.ts';
import { aCancellation, anOrder } from '../../support/an-order.ts';

const isValid = (event: unknown) => OrderEvent.safeParse(event).success;
const line = { sku: 'sku-3', quantity: 2, unitPrice: 1999 };

test('takes an order and a cancellation', () => {
  expect(isValid(anOrder())).toBe(true);
  expect(isValid(aCancellation())).toBe(true);
});

test('takes names in any script, and a time with an offset', () => {
  expect(
    isValid(anOrder({ orderId: '注文-1', customerId: 'Ελένη', occurredAt: '2026-11-23T19:00:00+09:00' })),
  ).toBe(true);
});

test('drops what it does not know, so that a producer may add to an event', () => {
  expect(OrderEvent.parse({ ...anOrder(), channel: 'web' })).toEqual(anOrder());
});

test('adds up what an order costs, in minor units', () => {
  const lines = [line, { sku: 'sku-4', quantity: 3, unitPrice: 1 }];
  expect(orderTotal(anOrder({ lines }))).toBe(4001);
});

describe('refuses', () => {
  const refused: Readonly<Record<string, unknown>> = {
    'an unknown kind': { ...anOrder(), kind: 'order.shipped' },
    'an event without a kind': { ...anOrder(), kind: undefined },
    'an event without an order': { ...anOrder(), orderId: undefined },
    'an order id that would break a line of a mail': anOrder({ orderId: 'o-1\nBcc: x@example.com' }),
    'an order id without end': anOrder({ orderId: 'o'.repeat(129) }),
    'a negative price': anOrder({ lines: [{ ...line, unitPrice: -1 }] }),
    'a price in fractions of minor units': anOrder({ lines: [{ ...line, unitPrice: 19.99 }] }),
    'a price beyond all reason': anOrder({ lines: [{ ...line, unitPrice: 1e12 }] }),
    'a quantity of none': anOrder({ lines: [{ ...line, quantity: 0 }] }),
    'half a piece': anOrder({ lines: [{ ...line, quantity: 0.5 }] }),
    'an order of nothing': anOrder({ lines: [] }),
    'more lines than one transaction can reserve': anOrder({ lines: new Array(100).fill(line) }),
    'a currency in words': anOrder({ currency: 'euro' }),
    'an address that is none': anOrder({ email: 'ada' }),
    'a time that is none': anOrder({ occurredAt: 'yesterday' }),
    'a cancellation without a reason': aCancellation({ reason: '' }),
    text: 'order.placed',
    null: null,
  };

  test.each(Object.entries(refused))('%s', (_, event) => {
    expect(isValid(event)).toBe(false);
  });
});
