import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { awsClientConfig } from '../../../../local/services/aws-client-config.ts';
import { patienceMs } from '../../../support/patience.ts';
import type { Item } from './expressions.ts';

/** A client of a DynamoDB that runs somewhere, with the tables of the checkpoint's tests. */
export async function realDynamodb(endpoint: string) {
  const config = awsClientConfig({ AWS_ENDPOINT_URL_DYNAMODB: endpoint }, 'DYNAMODB');
  // A database that has just started on a busy machine is slow.
  const requestHandler = { connectionTimeout: patienceMs, requestTimeout: patienceMs };
  const plain = new DynamoDBClient({ ...config, requestHandler });
  const client = DynamoDBDocumentClient.from(plain);
  const create = (TableName: string, ...keys: readonly string[]) =>
    plain.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keys.map((name, index) => ({
          AttributeName: name,
          KeyType: index === 0 ? 'HASH' : 'RANGE',
        })),
        AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      }),
    );
  await create('Checkpoints', 'pk', 'sk');
  await create('Effects', 'id');
  await create('WrongKey', 'id');
  /** Those whose id begins with the group's name. */
  const effects = async (group: string): Promise<readonly Item[]> => {
    const items: Item[] = [];
    for await (const page of paginateScan({ client }, { TableName: 'Effects', ConsistentRead: true })) {
      items.push(...(page.Items ?? []));
    }
    return items.filter(({ id }) => String(id).startsWith(`${group} `));
  };
  return { client, plain, effects, destroy: () => plain.destroy() };
}

export type RealDynamodb = Awaited<ReturnType<typeof realDynamodb>>;
