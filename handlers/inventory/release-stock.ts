import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderCancelled } from '../orders/order-event.ts';
import { transact } from '../shared/transact.ts';
import type { InventoryOutcome } from './reserve-stock.ts';
import type { SkuQuantity, Warehouse } from './warehouse.ts';

/** Gives back what was reserved for a cancelled order, once; writes down when there was nothing. */
export async function releaseStock(warehouse: Warehouse, event: OrderCancelled): Promise<InventoryOutcome> {
  const { client, reservationsTable, signal } = warehouse;
  const { Item: decided } = await client.send(
    new GetCommand({ TableName: reservationsTable, Key: { orderId: event.orderId }, ConsistentRead: true }),
    { abortSignal: signal },
  );
  switch (decided?.outcome) {
    case undefined:
      return recordNothingToRelease(warehouse, event);
    case 'reserved':
      return decided.releasedAt ? 'repeated' : release(warehouse, event, decided.items);
    case 'back-ordered':
      return decided.cancelledAt ? 'repeated' : cancelBackOrder(warehouse, event);
    case 'nothing-to-release':
      return 'repeated';
    default:
      throw new Error(`order has an unknown outcome in ${reservationsTable}: ${String(decided?.outcome)}`);
  }
}

async function release(
  warehouse: Warehouse,
  event: OrderCancelled,
  items: readonly SkuQuantity[],
): Promise<InventoryOutcome> {
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
  const failed = await transact(warehouse, [mark, ...givenBack]);
  return failed.size === 0 ? 'released' : 'repeated';
}

/** The order will not be served from new stock; it stays counted as back-ordered, which it was. */
async function cancelBackOrder(
  { client, reservationsTable, signal }: Warehouse,
  event: OrderCancelled,
): Promise<InventoryOutcome> {
  await client.send(
    new UpdateCommand({
      TableName: reservationsTable,
      Key: { orderId: event.orderId },
      UpdateExpression: 'SET cancelledAt = if_not_exists(cancelledAt, :at)',
      ExpressionAttributeValues: { ':at': event.occurredAt },
    }),
    { abortSignal: signal },
  );
  return 'nothing-to-release';
}

async function recordNothingToRelease(
  { client, reservationsTable, signal }: Warehouse,
  event: OrderCancelled,
): Promise<InventoryOutcome> {
  const item = { orderId: event.orderId, outcome: 'nothing-to-release', decidedAt: event.occurredAt };
  try {
    await client.send(
      new PutCommand({
        TableName: reservationsTable,
        Item: item,
        ConditionExpression: 'attribute_not_exists(orderId)',
      }),
      { abortSignal: signal },
    );
    return 'nothing-to-release';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // Since the read above somebody has decided on the order: the record comes again and finds what.
    throw new Error('the order was decided on meanwhile; it is looked at again', { cause: error });
  }
}
