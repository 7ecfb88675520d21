/**
 * What the checkpoint costs in requests and in time: `node bench/checkpoint.ts`. One batch of 1,000 records over 10 partitions, against the embedded
 * DynamoDB, which answers in well under a millisecond: read the requests, which are the same anywhere, rather than the times.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodbCheckpoint, transact } from '../lib/checkpoint/dynamodb/index.ts';
import { type ConsumerRecord, json, type KafkaHandlerOptions, kafkaHandler } from '../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../lib/testing/index.ts';
import type { TableConfig } from '../local/assembly/local-system.ts';
import { awsClientConfig } from '../local/services/aws-client-config.ts';
import { createTables } from '../local/services/create-tables.ts';
import { startDynamodb } from '../local/services/start-dynamodb.ts';

const rounds = 20;
const partitions = 10;
const records = Array.from({ length: 1_000 }, (_, index) =>
  aRecord({ partition: index % partitions, offset: Math.floor(index / partitions), value: { index } }),
);
const event = buildKafkaEvent(records);

type Options = Omit<KafkaHandlerOptions<unknown>, 'value'>;
/** Options for one round: each is a group that has done nothing yet. */
type Case = (group: string) => Options;

const service = await startDynamodb();
const environment = { AWS_ENDPOINT_URL_DYNAMODB: service.endpoint };
await createTables([aTable('Checkpoints', 'pk', 'sk'), aTable('Effects', 'id')], environment);
const client = DynamoDBDocumentClient.from(new DynamoDBClient(awsClientConfig(environment, 'DYNAMODB')));
const requests = new Map<string, number>();
client.middlewareStack.add(
  (next, { commandName = '' }) =>
    (args) => {
      const name = commandName.replace('Command', '');
      requests.set(name, (requests.get(name) ?? 0) + 1);
      return next(args);
    },
  { step: 'initialize' },
);

const checkpoint = (group: string) => dynamodbCheckpoint({ tableName: 'Checkpoints', group, client });
const nothing = () => undefined;
const item = (group: string, record: ConsumerRecord<unknown, unknown>) => ({
  TableName: 'Effects',
  Item: { id: `${group} ${record}` },
});

const cases: Readonly<Record<string, Case>> = {
  'no checkpoint': () => ({ handle: nothing }),
  checkpoint: (group) => ({ checkpoint: checkpoint(group), handle: nothing }),
  'checkpoint, all done before': () => ({ checkpoint: checkpoint('done before'), handle: nothing }),
  'effects, one a record': (group) => ({
    checkpoint: checkpoint(group),
    handle: (record) => transact([{ Put: item(group, record) }]),
  }),
  'a conditional write a record, by hand': (group) => ({
    handle: (record) =>
      client.send(
        new PutCommand({ ...item(group, record), ConditionExpression: 'attribute_not_exists(id)' }),
      ),
  }),
};

try {
  await run('warm-up', () => ({ checkpoint: checkpoint('done before'), handle: nothing }), 1);
  console.log(`1,000 records over ${partitions} partitions, median of ${rounds} batches`);
  for (const [name, make] of Object.entries(cases)) {
    const { milliseconds, each } = await run(name, make, rounds);
    console.log(`  ${name.padEnd(40)}${milliseconds.toFixed(1).padStart(8)} ms   ${each || 'no request'}`);
  }
} finally {
  client.destroy();
  await service.stop();
}

async function run(name: string, make: Case, times: number) {
  const durations: number[] = [];
  requests.clear();
  for (let round = 0; round < times; round++) {
    const handler = kafkaHandler({ value: json(), ...make(`${name} ${round}`) });
    const start = performance.now();
    const { batchItemFailures } = await handler(event, aLambdaContext({ now: Date.now }));
    durations.push(performance.now() - start);
    if (batchItemFailures.length > 0) throw new Error(`${name}: ${batchItemFailures.length} records failed`);
  }
  const each = Array.from(requests, ([command, count]) => `${count / times} ${command}`).join(', ');
  return { milliseconds: durations.sort((one, other) => one - other)[times >> 1] ?? Number.NaN, each };
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
