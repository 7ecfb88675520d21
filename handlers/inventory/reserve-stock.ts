import { type Effects, transact } from '../../lib/checkpoint/dynamodb/index.ts';
import type { OrderEvent, OrderPlaced } from '../orders/order-event.ts';
import { releaseStock } from './release-stock.ts';
import { type SkuQuantity, totalBySku, type Warehouse } from './warehouse.ts';

/**
 * What is to be written for an event: the stock of all lines of an order is taken, or of none; what was taken is given back. The checkpoint applies it
 * once; the conditions hold against the same event under another offset, and against a replay on purpose.
 */
export function reserveStock(
  warehouse: Warehouse,
  event: OrderEvent,
): Effects | Promise<Effects | undefined> {
  switch (event.kind) {
    case 'order.placed':
      return reserve(warehouse, event);
    case 'order.cancelled':
      return releaseStock(warehouse, event);
  }
}

function reserve(warehouse: Warehouse, order: OrderPlaced): Effects {
  const taken = totalBySku(order.lines).map((item) => takeStock(warehouse, item));
  return transact([putDecision(warehouse, order, 'reserved'), ...taken], {
    // The first item is the decision itself: an order that has been decided on, even by a cancellation that came first,
    // is not decided on again. Any other is a stock that does not suffice.
    onConditionFailed: ({ failed }) => (failed.has(0) ? undefined : backOrder(warehouse, order)),
  });
}

/** Not enough stock is an outcome of the business, not an error: trying again would block the orders behind it. */
function backOrder(warehouse: Warehouse, order: OrderPlaced): Effects {
  return transact([putDecision(warehouse, order, 'back-ordered')], { onConditionFailed: () => undefined });
}

function putDecision(
  { reservationsTable }: Warehouse,
  order: OrderPlaced,
  outcome: 'reserved' | 'back-ordered',
) {
  const { orderId, occurredAt } = order;
  return {
    Put: {
      TableName: reservationsTable,
      Item: { orderId, outcome, items: totalBySku(order.lines), decidedAt: occurredAt },
      ConditionExpression: 'attribute_not_exists(orderId)',
    },
  };
}

function takeStock({ stockTable }: Warehouse, { sku, quantity }: SkuQuantity) {
  return {
    Update: {
      TableName: stockTable,
      Key: { sku },
      UpdateExpression: 'SET available = available - :quantity',
      // Also false for an unknown sku: it has no `available`.
      ConditionExpression: 'available >= :quantity',
      ExpressionAttributeValues: { ':quantity': quantity },
    },
  };
}
