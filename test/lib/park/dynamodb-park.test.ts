import { CreateTableCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json } from '../../../lib/index.ts';
import { dynamodbPark } from '../../../lib/park/dynamodb-park.ts';
import { readParked } from '../../../lib/park/index.ts';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';
import type { LocalService } from '../../../local/services/local-service.ts';
import { startDynamodb } from '../../../local/services/start-dynamodb.ts';
import { runBatch } from '../../support/run-batch.ts';

let database: LocalService;
let client: DynamoDBClient;
const tableName = 'ParkedRecords';

beforeAll(async () => {
  database = await startDynamodb();
  client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'groupId', AttributeType: 'S' },
        { AttributeName: 'recordPosition', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'groupId', KeyType: 'HASH' },
        { AttributeName: 'recordPosition', KeyType: 'RANGE' },
      ],
    }),
  );
});

afterAll(async () => {
  client.destroy();
  await database.stop();
});

const park = (details: RecordDetails, options: Partial<Parameters<typeof dynamodbPark>[0]> = {}) =>
  runBatch([aRecord(details)], {
    value: json(),
    park: dynamodbPark({ tableName, group: 'billing', client, ...options }),
  });

async function parkedOf(group: string) {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'groupId = :group',
      ExpressionAttributeValues: { ':group': { S: group } },
    }),
  );
  return Items.map((item) => readParked(item.document?.S ?? ''));
}

describe('a record that is parked in DynamoDB', () => {
  test('is one item however often it is parked, and a query gives them in the order of their offsets', async () => {
    for (const offset of [1042, 7, 1042]) {
      expect(await park({ partition: 2, offset, value: '{"broken' })).toEqual([]);
    }
    expect((await parkedOf('billing')).map(({ partition, offset }) => [partition, offset])).toEqual([
      [2, 7],
      [2, 1042],
    ]);
  });

  test('of just the size that DynamoDB takes is parked, and a larger one fails before it is sent', async () => {
    const errors: (string | undefined)[] = [];
    const attempt = (bytes: number) =>
      runBatch([aRecord({ value: 'x'.repeat(bytes) })], {
        value: json(),
        park: dynamodbPark({ tableName, group: 'large', client }),
        observer: { recordFailed: ({ code, message }) => void errors.push(code, message) },
      });
    expect(await attempt(306_300)).toEqual([]);
    expect(errors).toEqual([]);
    expect(await attempt(307_200)).toEqual(['order-events-0@0']);
    expect(errors).toEqual([
      'PARK_FAILED',
      expect.stringMatching(/^the record takes 41\d{4} bytes and DynamoDB at most 409600/),
    ]);
  });

  test('goes by reference when it is larger and there is a store', async () => {
    const overflow = async () => ({ kind: 's3', bucket: 'b', key: 'k' }) as const;
    expect(await park({ value: 'x'.repeat(400_000) }, { group: 'referring', overflow })).toEqual([]);
    expect(await parkedOf('referring')).toMatchObject([{ stored: { bucket: 'b' } }]);
  });

  test('fails when there is no such table', async () => {
    expect(await park({ value: 'x' }, { tableName: 'Gone' })).toEqual(['order-events-0@0']);
  });
});
