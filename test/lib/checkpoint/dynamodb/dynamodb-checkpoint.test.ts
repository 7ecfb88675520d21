import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type DynamodbCheckpointOptions,
  dynamodbCheckpoint,
  transact,
} from '../../../../lib/checkpoint/dynamodb/index.ts';
import { bytes, kafkaHandler, type RecordFailure } from '../../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../../lib/testing/index.ts';
import type { LocalService } from '../../../../local/services/local-service.ts';
import { startDynamodb } from '../../../../local/services/start-dynamodb.ts';
import { addOne, putOnce } from '../support/a-group.ts';
import { type RealDynamodb, realDynamodb } from '../support/real-dynamodb.ts';

let service: LocalService;
let database: RealDynamodb;
beforeAll(async () => {
  service = await startDynamodb();
  database = await realDynamodb(service.endpoint);
});
afterAll(async () => {
  database.destroy();
  await service.stop();
});

const failures: RecordFailure[] = [];
function deliver(options: Partial<DynamodbCheckpointOptions>, handle: () => unknown, partitions = 1) {
  const handler = kafkaHandler({
    value: bytes,
    ordering: 'none',
    checkpoint: dynamodbCheckpoint({
      tableName: 'Checkpoints',
      group: 'g',
      client: database.plain,
      ...options,
    }),
    observer: { recordFailed: (failure) => void failures.push(failure) },
    handle,
  });
  const records = Array.from({ length: partitions }, (_, partition) => aRecord({ partition, offset: 3 }));
  return handler(buildKafkaEvent(records), aLambdaContext({ now: Date.now }));
}

describe('a checkpoint table', () => {
  test('with another key is refused with what it needs', async () => {
    await expect(deliver({ tableName: 'WrongKey' }, () => {})).rejects.toMatchObject({
      code: 'CHECKPOINT_TABLE',
      message: expect.stringMatching(
        /'WrongKey' has another key; it needs partition key 'pk' and sort key 'sk'/,
      ),
    });
  });

  test('that is not there is refused with how to make it', async () => {
    await expect(deliver({ tableName: 'Nowhere' }, () => {})).rejects.toMatchObject({
      code: 'CHECKPOINT_TABLE',
      message: expect.stringMatching(/'Nowhere' does not exist .* correct the option tableName/),
    });
  });

  test('serves more partitions than one request may ask for', async () => {
    let handled = 0;
    const count = () => void handled++;
    expect(await deliver({ group: 'wide' }, count, 130)).toEqual({ batchItemFailures: [] });
    expect(await deliver({ group: 'wide' }, count, 130)).toEqual({ batchItemFailures: [] });
    expect(handled).toBe(130);
  });
});

describe('effects on a DynamoDB that runs', () => {
  test('that name a table that is not there fail their record alone', async () => {
    let call = 0;
    const handle = () => transact([addOne(`t ${call}`, call++ === 0 ? 'Nowhere' : 'Effects')]);
    const { batchItemFailures } = await deliver({ group: 't' }, handle, 2);
    expect(batchItemFailures).toHaveLength(1);
    expect(failures.at(-1)).toMatchObject({ code: 'EFFECTS_REFUSED', partition: 0 });
  });

  test('tell a condition of their own from the fence', async () => {
    const handle = () =>
      transact([putOnce('c taken')], { onConditionFailed: () => transact([addOne('c instead')]) });
    expect(await deliver({ group: 'c' }, handle, 3)).toEqual({ batchItemFailures: [] });
    expect(await database.effects('c')).toEqual(
      expect.arrayContaining([
        { id: 'c taken', applied: 1 },
        { id: 'c instead', applied: 2 },
      ]),
    );
  });
});

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
