import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { EffectWrite } from '../../effects/effect-write.ts';
import type { CheckpointChange, CommitResult } from '../checkpoint-store.ts';
import { toItem } from './checkpoint-item.ts';
import { isPassing, readRefusal } from './read-refusal.ts';
import type { Table } from './table.ts';
import { tableError } from './table-error.ts';
import { readFault } from './unwritable-effects.ts';

/** One conditional PutItem. */
export async function writeState(
  table: Table,
  change: CheckpointChange,
): Promise<'written' | 'conflict' | 'busy'> {
  try {
    await table.client.send(new PutCommand(put(table, change)), {
      abortSignal: AbortSignal.timeout(table.timeout),
    });
    return 'written';
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'conflict';
    if (isPassing(error)) return 'busy';
    throw tableError(error, table.tableName) ?? error;
  }
}

/** The same with effects, in one TransactWriteItems whose first entry is the checkpoint. */
export async function commitState(
  table: Table,
  change: CheckpointChange,
  effects: readonly EffectWrite[],
): Promise<CommitResult> {
  const command = new TransactWriteCommand({ TransactItems: [{ Put: put(table, change) }, ...effects] });
  try {
    await table.client.send(command, { abortSignal: AbortSignal.timeout(table.timeout) });
    return { kind: 'written' };
  } catch (error) {
    const refusal = readRefusal(error, table.client) ?? readFault(effects, { error, client: table.client });
    if (refusal === undefined) throw error;
    return refusal;
  }
}

function put(table: Table, { partition, state, expected }: CheckpointChange) {
  const { tableName: TableName } = table;
  const Item = toItem(partition, state, table);
  if (expected === 0) return { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    TableName,
    Item,
    // `version` could become a reserved word; a name of our own cannot.
    ConditionExpression: '#version = :expected',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':expected': expected },
  };
}
