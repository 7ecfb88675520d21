import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbCheckpoint, transact } from '../../../../lib/checkpoint/dynamodb/index.ts';
import type { DocumentClient } from '../../../../lib/checkpoint/dynamodb/table.ts';
import { bytes, kafkaHandler, type RecordFailure } from '../../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../../lib/testing/index.ts';
import type { LocalService } from '../../../../local/services/local-service.ts';
import { startDynamodb } from '../../../../local/services/start-dynamodb.ts';
import { addOne, aGroup, putOnce } from '../support/a-group.ts';
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

interface Delivery {
  readonly group: string;
  readonly handle: (record: { readonly offset: number }) => unknown;
  readonly client?: DocumentClient;
}

/** Records 1, 2 and 3 of a topic-partition; what is reported of them, and what the observer hears. */
async function deliver({ group, handle, client = database.client }: Delivery) {
  const failures: RecordFailure[] = [];
  const handler = kafkaHandler({
    value: bytes,
    ordering: 'none',
    checkpoint: dynamodbCheckpoint({ tableName: 'Checkpoints', group, client }),
    observer: { recordFailed: (failure) => void failures.push(failure) },
    handle,
  });
  const event = buildKafkaEvent([1, 2, 3].map((offset) => aRecord({ offset })));
  const { batchItemFailures } = await handler(event, aLambdaContext({ now: Date.now }));
  return { reported: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier.offset), failures };
}

const put = (Item: object) => transact([{ Put: { TableName: 'Effects', Item: { ...Item } } }]);

describe('an effect that cannot be sent', () => {
  test.each([
    ['NaN', Number.NaN],
    ['an object of a class', new (class Money {})()],
    ['a number that is not exact', 2 ** 60],
  ])('because it has %s fails its record, and no other of its lane', async (what, value) => {
    const { reported, failures } = await deliver({
      group: `unsendable ${what}`,
      handle: ({ offset }) => put({ id: `${what} ${offset}`, ...(offset === 2 ? { value } : {}) }),
    });
    expect(reported).toEqual([2]);
    expect(failures).toMatchObject([{ offset: 2, code: 'EFFECTS_REFUSED' }]);
    expect(failures[0]?.message).not.toContain(String(value));
  });

  test('because its expression is no text fails its record, and no other of its lane', async () => {
    const { reported, failures } = await deliver({
      group: 'no text',
      handle: ({ offset }) => {
        const { Update } = addOne(`no text ${offset}`);
        return transact([{ Update: offset === 2 ? { ...Update, UpdateExpression: 5 as never } : Update }]);
      },
    });
    expect(reported).toEqual([2]);
    expect(failures).toMatchObject([{ offset: 2, code: 'EFFECTS_REFUSED' }]);
  });
});

test('the item that a condition met is given to the policy in plain values', async () => {
  const items: unknown[] = [];
  const taken = {
    Put: { ...putOnce('met').Put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const },
  };
  const onConditionFailed = ({ reasons }: { readonly reasons: ReadonlyMap<number, { item?: unknown }> }) =>
    void items.push(reasons.get(0)?.item) as undefined;
  await deliver({ group: 'met', handle: () => transact([taken], { onConditionFailed }) });
  expect(items).toEqual([
    { id: 'met', applied: 1 },
    { id: 'met', applied: 1 },
  ]);
});

describe('a document client with settings of its own', () => {
  test.each([
    ['wrapNumbers', {}, { wrapNumbers: true }],
    ['wrapNumbers to bigint', {}, { wrapNumbers: (text: string) => BigInt(text) }],
    ['convertEmptyValues', { convertEmptyValues: true }, {}],
  ])('%s reads what it has written', async (name, marshallOptions, unmarshallOptions) => {
    const client = DynamoDBDocumentClient.from(database.plain, { marshallOptions, unmarshallOptions });
    const group = `client ${name}`;
    const attempts: unknown[] = [];
    const fail = () => {
      throw new Error('not now');
    };
    expect((await deliver({ group, client, handle: fail })).reported).toEqual([1, 2, 3]);
    const handle = (record: object) => void attempts.push('attempt' in record && record.attempt);
    expect((await deliver({ group, client, handle })).reported).toEqual([]);
    expect((await deliver({ group, client, handle })).reported).toEqual([]);
    expect(attempts).toEqual([2, 2, 2]);
  });
});

describe('a write that fails', () => {
  const named = (name: string) => Object.assign(new Error('secret'), { name });
  const records = [1, 2].map((offset) => aRecord({ offset }));

  test.each(['TransactionConflictException', 'ThrottlingException'])(
    'with %s is made again',
    async (name) => {
      let left = 3;
      const send = (request: { readonly name: string }) =>
        request.name === 'PutCommand' && left-- > 0 ? Promise.reject(named(name)) : undefined;
      const group = aGroup({ send });
      expect(await group.deliver(records)).toEqual([]);
      expect(group.handled).toHaveLength(2);
    },
  );

  test('all the time fails the lane, and is not tried for ever', async () => {
    let writes = 0;
    const send = (request: { readonly name: string }) => {
      if (request.name !== 'PutCommand') return undefined;
      writes++;
      return Promise.reject(named('ThrottlingException'));
    };
    const group = aGroup({ send });
    expect(await group.deliver(records)).toEqual(['0@1', '0@2']);
    expect(group.failures).toMatchObject([{ code: 'CHECKPOINT_CONFLICT', offset: 1 }]);
    expect(writes).toBe(7);
  });

  test('because the role may not write makes the invocation throw, like a table that is not there', async () => {
    const send = (request: { readonly name: string }) =>
      request.name === 'PutCommand' ? Promise.reject(named('AccessDeniedException')) : undefined;
    const group = aGroup({ send });
    await expect(group.deliver(records)).rejects.toMatchObject({
      code: 'CHECKPOINT_TABLE',
      message: expect.stringContaining('dynamodb:PutItem'),
    });
  });

  test('after it was carried out, and is sent again by the SDK, counts no attempt twice', async () => {
    const attempts: unknown[] = [];
    const send = (request: { readonly name: string; readonly input: unknown }) =>
      request.name === 'PutCommand' && attempts.length === 1
        ? group.database.client
            .send({ constructor: { name: 'PutCommand' }, input: request.input } as never)
            .then(() => Promise.reject(named('ConditionalCheckFailedException')))
        : undefined;
    const group = aGroup({
      send,
      handle: ({ attempt }) => {
        attempts.push(attempt);
        throw new Error('not now');
      },
    });
    for (let delivery = 0; delivery < 2; delivery++) await group.deliver([aRecord({ offset: 1 })]);
    expect(attempts).toEqual([1, 2]);
  });

  test('of a class of another copy of the SDK is read by its name', async () => {
    class Foreign extends Error {
      override name = 'TransactionCanceledException';
      readonly CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }];
    }
    const send = (request: { readonly name: string }) =>
      request.name === 'TransactWriteCommand' ? Promise.reject(new Foreign('no')) : undefined;
    const group = aGroup({ send, handle: () => transact([putOnce('x')]) });
    expect(await group.deliver(records)).toEqual(['0@1', '0@2']);
    expect(group.failures).toMatchObject([{ code: 'CONDITION_FAILED', offset: 1 }]);
  });
});
