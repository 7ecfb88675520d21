import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableConfig } from '../../local/assembly/local-system.ts';
import { awsClientConfig } from '../../local/services/aws-client-config.ts';
import { createTables } from '../../local/services/create-tables.ts';
import { startDynamodb } from '../../local/services/start-dynamodb.ts';

export const tables = { checkpoints: 'Checkpoints', effects: 'Effects', idempotency: 'Idempotency' } as const;

/** The embedded DynamoDB, and what it was asked. */
export interface CountedDynamodb {
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  /** Requests by command since the last call. */
  readonly takeCounts: () => ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

export async function startCountedDynamodb(): Promise<CountedDynamodb> {
  const service = await startDynamodb();
  const environment = { AWS_ENDPOINT_URL_DYNAMODB: service.endpoint };
  await createTables(
    [aTable(tables.checkpoints, 'pk', 'sk'), aTable(tables.effects, 'id'), aTable(tables.idempotency, 'id')],
    environment,
  );
  const client = new DynamoDBClient(awsClientConfig(environment, 'DYNAMODB'));
  let counts = new Map<string, number>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        counts.set(commandName, (counts.get(commandName) ?? 0) + 1);
        return next(args);
      },
    { step: 'finalizeRequest', name: 'countRequests' },
  );
  return {
    client,
    documents: DynamoDBDocumentClient.from(client),
    takeCounts: () => {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    stop: async () => {
      client.destroy();
      await service.stop();
    },
  };
}

function aTable(tableName: string, ...keys: readonly string[]): TableConfig {
  return {
    logicalId: tableName,
    tableName,
    keySchema: keys.map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    attributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    globalSecondaryIndexes: [],
  };
}
