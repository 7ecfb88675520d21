import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type DynamodbCheckpointOptions,
  dynamodbCheckpoint,
  transact,
} from '../../../../lib/checkpoint/dynamodb/index.ts';
import { bytes, kafkaHandler, type RecordFailure } from '../../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../../lib/testing/index.ts';
import { patienceMs } from '../../../support/patience.ts';
import { addOne, putOnce } from './a-group.ts';
import { type RealDynamodb, realDynamodb } from './real-dynamodb.ts';

export interface Service {
  readonly endpoint: string;
  stop(): Promise<void>;
}

let database: RealDynamodb;
const failures: RecordFailure[] = [];
const reasons = () => failures.splice(0);

/** What a table and its clients answer, on a DynamoDB that runs: embedded, and AWS's own. */
export function dynamodbSuite(start: () => Promise<Service>): void {
  let service: Service;
  beforeAll(async () => {
    service = await start();
    database = await realDynamodb(service.endpoint);
  });
  afterAll(async () => {
    database.destroy();
    await service.stop();
  });
  describe('a checkpoint table', tableTests);
  describe('effects on a DynamoDB that runs', effectTests);
  describe('an effect that cannot be sent', unsendableTests);
  describe('a document client with settings of its own', clientTests);
}

interface Delivery extends Partial<DynamodbCheckpointOptions> {
  readonly handle: (record: { readonly offset: number; readonly attempt: number | undefined }) => unknown;
  /** @default records 1, 2 and 3 of one topic-partition */
  readonly records?: Parameters<typeof buildKafkaEvent>[0];
}

const three = [1, 2, 3].map((offset) => aRecord({ offset }));
const onePerPartition = (partitions: number) =>
  Array.from({ length: partitions }, (_, partition) => aRecord({ partition, offset: 3 }));

/** Offsets that are reported. */
async function deliver({ handle, records = three, ...options }: Delivery): Promise<readonly number[]> {
  const handler = kafkaHandler({
    value: bytes,
    ordering: 'none',
    checkpoint: dynamodbCheckpoint({
      tableName: 'Checkpoints',
      group: 'g',
      client: database.plain,
      timeout: patienceMs,
      ...options,
    }),
    observer: { recordFailed: (failure) => void failures.push(failure) },
    handle,
  });
  const { batchItemFailures } = await handler(buildKafkaEvent(records), aLambdaContext({ now: Date.now }));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier.offset);
}

function tableTests(): void {
  test('with another key is refused with what it needs', async () => {
    await expect(deliver({ tableName: 'WrongKey', handle: () => {} })).rejects.toMatchObject({
      code: 'CHECKPOINT_TABLE',
      message: expect.stringMatching(
        /'WrongKey' has another key; it needs partition key 'pk' and sort key 'sk'/,
      ),
    });
  });

  test('that is not there is refused with how to make it', async () => {
    await expect(deliver({ tableName: 'Nowhere', handle: () => {} })).rejects.toMatchObject({
      code: 'CHECKPOINT_TABLE',
      message: expect.stringMatching(/'Nowhere' does not exist .* correct the option tableName/),
    });
  });

  test('serves more partitions than one request may ask for', async () => {
    let handled = 0;
    const delivery = { group: 'wide', handle: () => void handled++, records: onePerPartition(130) };
    expect(await deliver(delivery)).toEqual([]);
    expect(await deliver(delivery)).toEqual([]);
    expect(handled).toBe(130);
  });
}

function effectTests(): void {
  test('that name a table that is not there fail their record alone', async () => {
    let call = 0;
    const handle = () => transact([addOne(`t ${call}`, call++ === 0 ? 'Nowhere' : 'Effects')]);
    expect(await deliver({ group: 't', handle, records: onePerPartition(2) })).toHaveLength(1);
    expect(reasons()).toMatchObject([{ code: 'EFFECTS_REFUSED', partition: 0 }]);
  });

  test('tell a condition of their own from the fence', async () => {
    const handle = () =>
      transact([putOnce('c taken')], { onConditionFailed: () => transact([addOne('c instead')]) });
    expect(await deliver({ group: 'c', handle, records: onePerPartition(3) })).toEqual([]);
    expect(await database.effects('c')).toEqual(
      expect.arrayContaining([
        { id: 'c taken', applied: 1 },
        { id: 'c instead', applied: 2 },
      ]),
    );
  });

  test('give their policy the item that a condition met, in plain values', async () => {
    const items: unknown[] = [];
    const met = { Put: { ...putOnce('met').Put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } };
    const handle = () =>
      transact([met], {
        onConditionFailed: ({ reasons: byPlace }) => void items.push(byPlace.get(0)?.item) as undefined,
      });
    expect(await deliver({ group: 'met', handle })).toEqual([]);
    expect(items).toEqual(Array(2).fill({ id: 'met', applied: 1 }));
  });
}

function unsendableTests(): void {
  const put = (Item: object) => transact([{ Put: { TableName: 'Effects', Item: { ...Item } } }]);

  test.each([
    ['NaN', Number.NaN],
    ['an object of a class', new (class Money {})()],
    ['a number that is not exact', 2 ** 60],
  ])('because it has %s fails its record, and no other of its lane', async (what, value) => {
    const handle = ({ offset }: { readonly offset: number }) =>
      put({ id: `${what} ${offset}`, ...(offset === 2 ? { value } : {}) });
    expect(await deliver({ group: `unsendable ${what}`, handle })).toEqual([2]);
    const [failure, ...others] = reasons();
    expect([failure, others]).toMatchObject([{ offset: 2, code: 'EFFECTS_REFUSED' }, []]);
    expect(failure?.message).not.toContain(String(value));
  });

  test('because it is too large for an item fails its record, and no other of its lane', async () => {
    const handle = ({ offset }: { readonly offset: number }) =>
      put({ id: `large ${offset}`, body: 'x'.repeat(offset === 2 ? 450_000 : 1) });
    expect(await deliver({ group: 'large', handle })).toEqual([2]);
    expect(reasons()).toMatchObject([{ offset: 2, code: 'EFFECTS_REFUSED' }]);
  });

  test('because its expression is no text fails its record, and no other of its lane', async () => {
    const handle = ({ offset }: { readonly offset: number }) => {
      const { Update } = addOne(`no text ${offset}`);
      return transact([{ Update: offset === 2 ? { ...Update, UpdateExpression: 5 as never } : Update }]);
    };
    expect(await deliver({ group: 'no text', handle })).toEqual([2]);
    expect(reasons()).toMatchObject([{ offset: 2, code: 'EFFECTS_REFUSED' }]);
  });

  test('because it touches the item of its own checkpoint fails its record, and no other of its lane', async () => {
    const own = { pk: 'own/order-events-0', sk: '0', done: '0-1000', version: 1 };
    const handle = ({ offset }: { readonly offset: number }) =>
      offset === 2
        ? transact([{ Put: { TableName: 'Checkpoints', Item: own } }])
        : transact([addOne(`own ${offset}`)]);
    expect(await deliver({ group: 'own', handle })).toEqual([2]);
    expect(reasons()).toMatchObject([{ offset: 2, code: 'EFFECTS_REFUSED' }]);
  });
}

function clientTests(): void {
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
    expect(await deliver({ group, client, handle: fail })).toEqual([1, 2, 3]);
    const handle = ({ attempt }: { readonly attempt: number | undefined }) => void attempts.push(attempt);
    expect(await deliver({ group, client, handle })).toEqual([]);
    expect(await deliver({ group, client, handle })).toEqual([]);
    expect(attempts).toEqual([2, 2, 2]);
    failures.length = 0;
  });
}
