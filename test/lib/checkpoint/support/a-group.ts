import { dynamodbCheckpoint } from '../../../../lib/checkpoint/dynamodb/dynamodb-checkpoint.ts';
import type { DynamodbCheckpointOptions } from '../../../../lib/checkpoint/dynamodb/index.ts';
import type { DocumentClient } from '../../../../lib/checkpoint/dynamodb/table.ts';
import { bytes, type KafkaHandlerOptions, kafkaHandler, type RecordFailure } from '../../../../lib/index.ts';
import { aLambdaContext, buildKafkaEvent, type TestRecord } from '../../../../lib/testing/index.ts';
import { modelDynamodb } from './model-dynamodb.ts';

type Options = Partial<KafkaHandlerOptions<Buffer, Buffer>>;
type Send = (request: { readonly name: string; readonly input: unknown }) => Promise<unknown> | undefined;

export interface GroupOptions extends Options {
  readonly checkpointOptions?: Partial<DynamodbCheckpointOptions>;
  /** What a request is answered with in place of the database. */
  readonly send?: Send;
}

/** A consumer group on a database of its own, whose environments are made anew for each delivery. */
export function aGroup(options: GroupOptions = {}) {
  const database = modelDynamodb({ Checkpoints: ['pk', 'sk'], Effects: ['id'] });
  const handled: string[] = [];
  const skipped: string[] = [];
  const failures: RecordFailure[] = [];
  const parked: string[] = [];
  const make = (own: GroupOptions) => {
    const { checkpointOptions, send = options.send, ...rest } = { ...options, ...own };
    const request = (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) =>
      send?.({ name: command.constructor.name, input: command.input }) ??
      database.client.send(command as Parameters<DocumentClient['send']>[0]);
    const handle = rest.handle ?? (() => undefined);
    return kafkaHandler<Buffer, Buffer>({
      value: bytes,
      key: bytes,
      checkpoint: dynamodbCheckpoint({
        tableName: 'Checkpoints',
        group: 'g',
        client: { send: request as unknown as DocumentClient['send'] },
        ...options.checkpointOptions,
        ...checkpointOptions,
      }),
      park: (record) => void parked.push(String(record)),
      observer: {
        recordSkipped: ({ topic, partition, offset }) => void skipped.push(`${topic}-${partition}@${offset}`),
        recordFailed: (failure) => void failures.push(failure),
      },
      timer: (then, milliseconds) => {
        if (milliseconds < 5_000) queueMicrotask(then);
        return () => {};
      },
      ...rest,
      handle: (record, context) => {
        handled.push(String(record));
        return handle(record, context);
      },
    });
  };
  return {
    database,
    handled,
    skipped,
    failures,
    parked,
    /** The positions that are reported, in short: `0@7`. */
    deliver: async (records: readonly TestRecord[], own: GroupOptions = {}) => {
      const answer = await make(own)(buildKafkaEvent(records), aLambdaContext());
      return answer.batchItemFailures.map(
        ({ itemIdentifier: { partition, offset } }) => `${partition.split('-').at(-1)}@${offset}`,
      );
    },
    applied: (id: string) => database.items('Effects').find((item) => item.id === id)?.applied,
    checkpoint: () => database.items('Checkpoints'),
  };
}

export function addOne(id: string, TableName = 'Effects') {
  return {
    Update: {
      TableName,
      Key: { id },
      UpdateExpression: 'ADD applied :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
}

export function putOnce(id: string) {
  return {
    Put: {
      TableName: 'Effects',
      Item: { id, applied: 1 },
      ConditionExpression: 'attribute_not_exists(id)',
    },
  };
}
