import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dynamodbClient } from '../../../handlers/shared/dynamodb-client.ts';
import { transact } from '../../../handlers/shared/transact.ts';
import {
  type AwsError,
  cancelled,
  type FaultyEndpoint,
  startFaultyEndpoint,
  throttled,
} from '../../support/faulty-endpoint.ts';
import { type RunningShop, startShop } from '../../support/running-shop.ts';

let shop: RunningShop;
let endpoint: FaultyEndpoint;
/** Answers for the next requests, first come first served. */
let answers: AwsError[] = [];

beforeAll(async () => {
  shop = await startShop('inventory');
  const target = shop.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '';
  endpoint = await startFaultyEndpoint(target, () => answers.shift());
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint.endpoint;
});
afterAll(async () => {
  await endpoint.stop();
  await shop.stop();
});
beforeEach(() => {
  answers = [];
});

const take = (sku: string, quantity: number) => ({
  Update: {
    TableName: 'Stock',
    Key: { sku },
    UpdateExpression: 'SET available = available - :quantity',
    ConditionExpression: 'available >= :quantity',
    ExpressionAttributeValues: { ':quantity': quantity },
  },
});

const attempt = (...items: readonly ReturnType<typeof take>[]) =>
  transact({ client: dynamodbClient() }, [...items]);

test('tells nothing when all is written', async () => {
  await shop.setStock('sku-1', 10);
  expect(await attempt(take('sku-1', 4))).toEqual(new Set());
  expect(await shop.available('sku-1')).toBe(6);
});

test('tells the places of the items whose conditions do not hold, and writes none', async () => {
  await shop.setStock('sku-2', 10);
  expect(await attempt(take('sku-2', 1), take('sku-13', 6), take('sku-none', 1))).toEqual(new Set([1, 2]));
  expect(await shop.available('sku-2')).toBe(10);
});

test('tries again after a conflict with another transaction, and writes once', async () => {
  await shop.setStock('sku-3', 10);
  answers = [cancelled('TransactionConflict'), cancelled('TransactionConflict')];
  expect(await attempt(take('sku-3', 4))).toEqual(new Set());
  expect(await shop.available('sku-3')).toBe(6);
});

test('does not take a condition for decided while another item is in conflict', async () => {
  answers = [cancelled('ConditionalCheckFailed', 'TransactionConflict')];
  await shop.setStock('sku-4', 10);
  await shop.setStock('sku-5', 10);
  expect(await attempt(take('sku-4', 1), take('sku-5', 1))).toEqual(new Set());
});

test('gives up on a conflict that persists, so that the record comes again', async () => {
  answers = Array.from({ length: 3 }, () => cancelled('None', 'TransactionConflict'));
  await expect(attempt(take('sku-1', 1), take('sku-2', 1))).rejects.toThrow(TransactionCanceledException);
});

test.each([
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'ItemCollectionSizeLimitExceeded',
  'ValidationError',
])('fails for %s, even beside a condition that does not hold', async (code) => {
  answers = [cancelled('ConditionalCheckFailed', code)];
  await expect(attempt(take('sku-1', 1), take('sku-2', 1))).rejects.toThrow(TransactionCanceledException);
});

test('a throttle that lasts fails after two attempts of the client', async () => {
  const before = endpoint.failures();
  answers = Array.from({ length: 5 }, () => throttled);
  await expect(attempt(take('sku-1', 1))).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(endpoint.failures() - before).toBe(2);
});
