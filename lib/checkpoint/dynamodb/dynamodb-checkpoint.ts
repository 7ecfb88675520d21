import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LanewiseError } from '../../errors/lanewise-error.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { type CheckpointOptions, checkpointOn } from '../checkpoint-on.ts';
import type { CheckpointStore } from '../checkpoint-store.ts';
import { effectSize } from './effect-size.ts';
import { itemIdentity, type TableKeys } from './item-identity.ts';
import { readStates } from './read-states.ts';
import type { DocumentClient, Table } from './table.ts';
import { commitState, writeState } from './write-state.ts';

export interface DynamodbCheckpointOptions extends CheckpointOptions {
  /**
   * A table with partition key `pk` and sort key `sk`, both of type S; several groups may share it. The function needs
   * dynamodb:BatchGetItem and dynamodb:PutItem on it.
   */
  readonly tableName: string | undefined;
  /** The consumer group. @default `process.env.KAFKA_CONSUMER_GROUP` */
  readonly group?: string | undefined;
  /**
   * Part of the key. Another generation knows of nothing that is done: change it to handle records again on purpose. @default '0'
   */
  readonly generation?: string | number;
  /** Seconds after its last write at which an item expires, told in the attribute `expiresAt`. @default it never does */
  readonly ttl?: number;
  /** A document client, or a plain one. @default a client of its own, configured by the environment */
  readonly client?: DocumentClient | DynamoDBClient;
  /** Milliseconds for one request, its retries included. @default 5000 */
  readonly timeout?: number;
  /**
   * Key attributes of the tables that effects are put into: `{ Invoices: ['orderId', 'kind'] }`. They tell which effects touch the same item, and so cannot be in one
   * transaction. Without them, what DynamoDB refuses is tried again in smaller parts.
   */
  readonly keys?: TableKeys;
}

/**
 * Of intervals of earlier batches: an item takes 400 KB, one of these up to 60 bytes with its attempts, and 10,000 records of a batch, which may all lie apart,
 * some 200 KB.
 */
const mostIntervals = 1_000;
/** DynamoDB takes 100 entries in a transaction; one is the checkpoint. */
const mostEffects = 99;
/** Of 4 MB. The checkpoint takes some kilobytes, or some hundred for a batch with thousands of gaps. */
const mostBytes = 3_500_000;

/**
 * Keeps in DynamoDB what a consumer group has done: one item for each topic-partition, read once and written once for each batch.
 *
 * @throws LanewiseError INVALID_OPTION
 */
export function dynamodbCheckpoint(options: DynamodbCheckpointOptions): Checkpoint {
  const table = tableOf(options);
  const store: CheckpointStore = {
    readMany: (partitions) => readStates(table, partitions),
    write: (change) => writeState(table, change),
    transactions: {
      limits: { effects: mostEffects, size: mostBytes },
      sizeOf: effectSize,
      itemOf: itemIdentity(options.keys),
      commit: (change, effects) => commitState(table, change, effects),
    },
  };
  return checkpointOn(store, options);
}

function tableOf(options: DynamodbCheckpointOptions): Table {
  const { generation = 0, limit = 1, ttl, timeout = 5_000, now = Date.now } = options;
  if (limit > mostIntervals)
    throw invalid('limit', `${limit}`, `at most ${mostIntervals}, for its item is bounded`);
  if (ttl !== undefined && !(Number.isInteger(ttl) && ttl > 0))
    throw invalid('ttl', `${ttl}`, 'whole seconds above 0');
  if (!(timeout > 0 && timeout < 2 ** 31)) throw invalid('timeout', `${timeout}`, 'milliseconds above 0');
  if (generation === '') throw invalid('generation', 'empty', 'a number or a text');
  return {
    tableName: required('tableName', options.tableName, 'CHECKPOINT_TABLE'),
    group: required('group', options.group ?? process.env.KAFKA_CONSUMER_GROUP, 'KAFKA_CONSUMER_GROUP'),
    generation: String(generation),
    client: documentClient(options.client),
    ttl,
    timeout,
    now,
  };
}

function documentClient(client: DocumentClient | DynamoDBClient = new DynamoDBClient({})): DocumentClient {
  if (!(client instanceof DynamoDBClient)) return client;
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

function required(option: string, value: string | undefined, variable: string): string {
  if (value !== undefined && value !== '') return value;
  throw invalid(
    option,
    value === '' ? 'empty' : 'missing',
    `a text; is the environment variable ${variable} set?`,
  );
}

function invalid(option: string, got: string, allowed: string): LanewiseError {
  return new LanewiseError(
    'INVALID_OPTION',
    `the option ${option} of dynamodbCheckpoint is ${got}, expected ${allowed}`,
  );
}
