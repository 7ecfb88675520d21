import type { OrderCancelled, OrderPlaced } from '../../handlers/orders/order-event.ts';
import { aRecord, type RecordDetails, type TestRecord } from '../../lib/testing/index.ts';

export function anOrder(details: Partial<OrderPlaced> = {}): OrderPlaced {
  return {
    kind: 'order.placed',
    orderId: 'o-1001',
    customerId: 'c-17',
    email: 'ada@example.com',
    currency: 'EUR',
    lines: [{ sku: 'sku-3', quantity: 2, unitPrice: 1999 }],
    occurredAt: '2026-11-23T10:00:00.000Z',
    ...details,
  };
}

export function aCancellation(details: Partial<OrderCancelled> = {}): OrderCancelled {
  return {
    kind: 'order.cancelled',
    orderId: 'o-1001',
    customerId: 'c-17',
    email: 'ada@example.com',
    reason: 'changed my mind',
    occurredAt: '2026-11-23T10:05:00.000Z',
    ...details,
  };
}

/** An event as its producer writes it: keyed by the order. */
export function recordOf(event: { readonly orderId: string }, details: RecordDetails = {}): TestRecord {
  return aRecord({ key: event.orderId, value: event, ...details });
}
