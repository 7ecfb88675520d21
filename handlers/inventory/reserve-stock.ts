import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderEvent, OrderPlaced } from '../orders/order-event.ts';
import { transact } from '../shared/transact.ts';
import { releaseStock } from './release-stock.ts';
import { type SkuQuantity, totalBySku, type Warehouse } from './warehouse.ts';

export type InventoryOutcome = 'reserved' | 'back-ordered' | 'released' | 'nothing-to-release' | 'repeated';

/** Takes the stock of all lines of an order or of none, once; gives back what was taken, once. */
export async function reserveStock(warehouse: Warehouse, event: OrderEvent): Promise<InventoryOutcome> {
  switch (event.kind) {
    case 'order.placed':
      return reserve(warehouse, event);
    case 'order.cancelled':
      return releaseStock(warehouse, event);
  }
}

async function reserve(warehouse: Warehouse, order: OrderPlaced): Promise<InventoryOutcome> {
  const wanted = totalBySku(order.lines);
  const failed = await transact(warehouse, [
    putDecision(warehouse, order, 'reserved'),
    ...wanted.map((item) => takeStock(warehouse, item)),
  ]);
  if (failed.size === 0) return 'reserved';
  // The first item is the decision itself: an order that has been decided on, even by a cancellation that came first,
  // is not decided on again. Any other is a stock that does not suffice.
  return failed.has(0) ? 'repeated' : backOrder(warehouse, order);
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

/** Not enough stock is an outcome of the business, not an error: trying again would block the orders behind it. */
async function backOrder(warehouse: Warehouse, order: OrderPlaced): Promise<InventoryOutcome> {
  try {
    const command = new PutCommand(putDecision(warehouse, order, 'back-ordered').Put);
    await warehouse.client.send(command, { abortSignal: warehouse.signal });
    return 'back-ordered';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'repeated';
    throw error;
  }
}
