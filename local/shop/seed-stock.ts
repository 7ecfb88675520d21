import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsClientConfig, type ServiceEnvironment } from '../services/aws-client-config.ts';
import { inBatches } from './in-batches.ts';
import { initialStock, type StockLevel } from './stock.ts';

/** How many rows are written at once. */
const concurrency = 10;

/**
 * Fills the stock table. A sku that has a row keeps it: in a database that outlives the run, what earlier orders have
 * taken is taken.
 */
export async function seedStock(table: string, environment: ServiceEnvironment): Promise<void> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb');
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(awsClientConfig(environment, 'DYNAMODB')));
  try {
    await inBatches(initialStock(), concurrency, (level) => putOnce(client, table, level));
  } finally {
    client.destroy();
  }
}

async function putOnce(client: DynamoDBDocumentClient, table: string, level: StockLevel): Promise<void> {
  const { ConditionalCheckFailedException } = await import('@aws-sdk/client-dynamodb');
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  const command = new PutCommand({
    TableName: table,
    Item: level,
    ConditionExpression: 'attribute_not_exists(sku)',
  });
  await client.send(command).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}
