import { expect, test } from 'vitest';
import { dynamodbCheckpoint } from '../../../../lib/checkpoint/dynamodb/index.ts';
import { startDynamodb } from '../../../../local/services/start-dynamodb.ts';
import { dynamodbSuite } from '../support/dynamodb-suite.ts';

dynamodbSuite(startDynamodb);

test.each([
  [{ tableName: undefined }, 'tableName of dynamodbCheckpoint is missing'],
  [{ group: '' }, 'group of dynamodbCheckpoint is empty'],
  [{ ttl: 0 }, 'ttl of dynamodbCheckpoint is 0'],
  [{ timeout: -1 }, 'timeout of dynamodbCheckpoint is -1'],
  [{ generation: '' }, 'generation of dynamodbCheckpoint is empty'],
  [{ limit: 0 }, 'limit of the checkpoint is 0'],
  [{ limit: 1_001 }, 'limit of dynamodbCheckpoint is 1001, expected at most 1000'],
  [{ parkAfter: 1.5 }, 'parkAfter of the checkpoint is 1.5'],
])('the options %j are refused', (options, message) => {
  const make = () => dynamodbCheckpoint({ tableName: 't', group: 'g', ...options });
  expect(make).toThrow(message);
});
