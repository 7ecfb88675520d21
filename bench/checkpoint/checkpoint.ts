import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodbCheckpoint, transact } from '../../lib/checkpoint/dynamodb/index.ts';
import type { ConsumerRecord } from '../../lib/index.ts';
import { formatSpread } from '../report/format.ts';
import type { Bench } from '../result.ts';
import { type CountedDynamodb, startCountedDynamodb, tables } from '../support/counted-dynamodb.ts';
import { playRequests, type RequestCase } from '../support/play-requests.ts';

/** What the checkpoint costs in requests and in time. */
export const checkpoint: Bench = {
  title: 'The checkpoint',
  packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@dynoxide/linux-x64'],
  run: async ({ quick }) => {
    const dynamodb = await startCountedDynamodb();
    try {
      const play = { records: quick ? 100 : 1_000, partitions: 10, rounds: quick ? 1 : 11 };
      const results = await playRequests(casesOn(dynamodb), dynamodb, play);
      return {
        tables: [
          {
            title: `${play.records} records over ${play.partitions} partitions`,
            head: ['what', 'ms a batch', 'requests'],
            rows: results.map(({ name, time, requests }) => [
              name,
              formatSpread(time, 1),
              requests || 'none',
            ]),
          },
        ],
        targets: [],
        notes: [
          'Against the embedded DynamoDB, which answers in well under a millisecond: read the requests, which are the same anywhere, rather than the times.',
        ],
      };
    } finally {
      await dynamodb.stop();
    }
  },
};

function casesOn({ client, documents }: CountedDynamodb): Readonly<Record<string, RequestCase>> {
  const of = (group: string) => dynamodbCheckpoint({ tableName: tables.checkpoints, group, client });
  const nothing = () => undefined;
  const effect = (group: string, record: ConsumerRecord<unknown, unknown>) => ({
    TableName: tables.effects,
    Item: { id: `${group} ${record}` },
  });
  return {
    'no checkpoint': () => ({ handle: nothing }),
    checkpoint: (group) => ({ checkpoint: of(group), handle: nothing }),
    // The first round is not counted, and does it.
    'checkpoint, all done before': () => ({ checkpoint: of('done before'), handle: nothing }),
    'checkpoint, effects of one write a record': (group) => ({
      checkpoint: of(group),
      handle: (record) => transact([{ Put: effect(group, record) }]),
    }),
    'a conditional write a record, by hand': (group) => ({
      handle: (record) =>
        documents.send(
          new PutCommand({ ...effect(group, record), ConditionExpression: 'attribute_not_exists(id)' }),
        ),
    }),
  };
}
