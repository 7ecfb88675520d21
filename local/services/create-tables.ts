import type { DynamoDBClient, GlobalSecondaryIndex, LocalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import type { TableConfig } from '../assembly/local-system.ts';
import { awsClientConfig, type ServiceEnvironment } from './aws-client-config.ts';

/** Seconds to wait for a table to become active; the embedded one is at once. */
const activeWithin = 30;

export async function createTables(
  tables: readonly TableConfig[],
  environment: ServiceEnvironment,
): Promise<void> {
  if (tables.length === 0) return;
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(awsClientConfig(environment, 'DYNAMODB'));
  try {
    await Promise.all(tables.map((table) => createTable(client, table)));
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, table: TableConfig): Promise<void> {
  const { CreateTableCommand, ResourceInUseException, waitUntilTableExists } = await import(
    '@aws-sdk/client-dynamodb'
  );
  const indexes = table.globalSecondaryIndexes as readonly GlobalSecondaryIndex[];
  const localIndexes = (table.localSecondaryIndexes ?? []) as readonly LocalSecondaryIndex[];
  const command = new CreateTableCommand({
    TableName: table.tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [...table.keySchema],
    AttributeDefinitions: [...table.attributeDefinitions],
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: [...indexes] } : {}),
    ...(localIndexes.length > 0 ? { LocalSecondaryIndexes: [...localIndexes] } : {}),
  });
  await client.send(command).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  await waitUntilTableExists({ client, maxWaitTime: activeWithin }, { TableName: table.tableName });
}
