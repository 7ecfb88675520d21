import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Effects, transact } from '../../lib/checkpoint/dynamodb/index.ts';
import type { OrderCancelled } from '../orders/order-event.ts';
import type { SkuQuantity, Warehouse } from './warehouse.ts';

/** Gives back what was reserved for a cancelled order, once; writes down when there was nothing. */
export async function releaseStock(
  warehouse: Warehouse,
  event: OrderCancelled,
): Promise<Effects | undefined> {
  const { client, reservationsTable, signal } = warehouse;
  const { Item: decided } = await client.send(
    new GetCommand({ TableName: reservationsTable, Key: { orderId: event.orderId }, ConsistentRead: true }),
    { abortSignal: signal },
  );
  switch (decided?.outcome) {
    case undefined:
      return nothingToRelease(warehouse, event);
    case 'reserved':
      return decided.releasedAt ? undefined : release(warehouse, event, decided.items);
    case 'back-ordered':
      return decided.cancelledAt ? undefined : cancelBackOrder(warehouse, event);
    case 'nothing-to-release':
      return undefined;
    default:
      throw new Error(`order has an unknown outcome in ${reservationsTable}: ${String(decided?.outcome)}`);
  }
}

function release(warehouse: Warehouse, event: OrderCancelled, items: readonly SkuQuantity[]): Effects {
  const { stockTable, reservationsTable } = warehouse;
  const mark = {
    Update: {
      TableName: reservationsTable,
      Key: { orderId: event.orderId },
      UpdateExpression: 'SET releasedAt = :at',
      ConditionExpression: 'attribute_exists(orderId) AND attribute_not_exists(releasedAt)',
      ExpressionAttributeValues: { ':at': event.occurredAt },
    },
  };
  const givenBack = items.map(({ sku, quantity }) => ({
    Update: {
      TableName: stockTable,
      Key: { sku },
      UpdateExpression: 'ADD available :quantity',
      ExpressionAttributeValues: { ':quantity': quantity },
    },
  }));
  return transact([mark, ...givenBack], { onConditionFailed: () => undefined });
}

/** The order will not be served from new stock; it stays counted as back-ordered, which it was. */
function cancelBackOrder({ reservationsTable }: Warehouse, event: OrderCancelled): Effects {
  return transact([
    {
      Update: {
        TableName: reservationsTable,
        Key: { orderId: event.orderId },
        UpdateExpression: 'SET cancelledAt = if_not_exists(cancelledAt, :at)',
        ExpressionAttributeValues: { ':at': event.occurredAt },
      },
    },
  ]);
}

function nothingToRelease(warehouse: Warehouse, event: OrderCancelled): Effects {
  const item = { orderId: event.orderId, outcome: 'nothing-to-release', decidedAt: event.occurredAt };
  const put = {
    Put: {
      TableName: warehouse.reservationsTable,
      Item: item,
      ConditionExpression: 'attribute_not_exists(orderId)',
    },
  };
  // Since the read somebody has decided on the order: usually the record just before this one, whose effects were not
  // written yet. Looked at again, it tells what was reserved.
  return transact([put], { onConditionFailed: () => releaseStock(warehouse, event) });
}
