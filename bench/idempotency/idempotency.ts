import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodbCheckpoint } from '../../lib/checkpoint/dynamodb/index.ts';
import { formatSpread } from '../report/format.ts';
import type { Bench, BenchOptions, Findings } from '../result.ts';
import { type CountedDynamodb, startCountedDynamodb, tables } from '../support/counted-dynamodb.ts';
import { playRequests, type RequestCase, type RequestResult } from '../support/play-requests.ts';

const partitions = 10;

/** What it takes to handle each record once. */
export const idempotency: Bench = {
  title: 'Handling each record once',
  packages: ['@aws-lambda-powertools/idempotency', '@aws-sdk/client-dynamodb', '@dynoxide/linux-x64'],
  run: async (options) => {
    const dynamodb = await startCountedDynamodb();
    try {
      return await compare(dynamodb, options);
    } finally {
      await dynamodb.stop();
    }
  },
};

async function compare(dynamodb: CountedDynamodb, { quick }: BenchOptions): Promise<Findings> {
  const records = quick ? 50 : 1_000;
  const results = await playRequests(casesOn(dynamodb), dynamodb, {
    records,
    partitions,
    rounds: quick ? 1 : 7,
  });
  const writes = results.find(({ name }) => name === 'lanewise checkpoint')?.writes ?? Number.NaN;
  return {
    tables: [
      {
        title: `${records} records over ${partitions} partitions, none of them done before`,
        head: ['how', 'writes', 'reads', 'µs a record', 'ms a batch'],
        rows: results.map((result) => rowOf(result, records)),
      },
    ],
    targets: [
      {
        what: `idempotency writes per ${records} records over ${partitions} partitions`,
        target: `${partitions}`,
        measured: `${writes}`,
        reached: writes === partitions,
      },
    ],
    notes: [
      'All in the same lanes, ten at once, with a handler that does nothing, against the embedded DynamoDB: another DynamoDB answers more slowly, which makes each write count for more. Powertools writes before and after each record.',
    ],
  };
}

function rowOf({ name, writes, reads, time }: RequestResult, records: number): readonly (string | number)[] {
  return [name, writes, reads, ((time.median * 1_000) / records).toFixed(1), formatSpread(time, 1)];
}

function casesOn({ client, documents }: CountedDynamodb): Readonly<Record<string, RequestCase>> {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName: tables.idempotency,
    awsSdkV3Client: client,
  });
  const config = new IdempotencyConfig({});
  config.registerLambdaContext({ getRemainingTimeInMillis: () => 60_000 } as never);
  return {
    'no protection': () => ({ handle: () => undefined }),
    'lanewise checkpoint': (group) => ({
      checkpoint: dynamodbCheckpoint({ tableName: tables.checkpoints, group, client }),
      handle: () => undefined,
    }),
    'one conditional put a record': (group) => ({
      handle: (record) =>
        documents.send(
          new PutCommand({
            TableName: tables.effects,
            Item: { id: `${group} ${record}` },
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        ),
    }),
    'Powertools idempotency': (group) => {
      const work = makeIdempotent(async (_position: { readonly id: string }) => true, {
        persistenceStore,
        config,
        keyPrefix: 'bench',
      });
      return { handle: (record) => work({ id: `${group} ${record}` }) };
    },
  };
}
