import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { BatchGetCommandInput, PutCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../../lib/checkpoint/dynamodb/table.ts';
import { holds, type Item, updated } from './expressions.ts';

/** Key attributes by table. */
export type Schema = Readonly<Record<string, readonly string[]>>;

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Operation = NonNullable<Write['Put'] & Write['Update']>;

/**
 * DynamoDB in memory, as far as the checkpoint and its tests use it, and as fast as thousands of plays need: each request is atomic and takes
 * effect at once. The same plays run against real ones.
 */
export interface ModelDynamodb {
  readonly client: DocumentClient;
  readonly requests: Readonly<Record<string, number>>;
  readonly items: (table: string) => readonly Item[];
  readonly remove: (table: string, key: Item) => void;
}

export function modelDynamodb(schema: Schema): ModelDynamodb {
  const rows = new Map<string, Item>();
  const requests: Record<string, number> = {};
  const keyOf = (table = '', item: Item = {}) =>
    [table, ...(schema[table] ?? []).map((name) => String(item[name]))].join('\n');
  const send = async (command: {
    readonly constructor: { readonly name: string };
    readonly input: unknown;
  }) => {
    const { name } = command.constructor;
    requests[name] = (requests[name] ?? 0) + 1;
    switch (name) {
      case 'BatchGetCommand':
        return batchGet(command.input as BatchGetCommandInput);
      case 'PutCommand':
        return put(command.input as PutCommandInput);
      case 'TransactWriteCommand':
        return transactWrite(command.input as TransactWriteCommandInput);
      default:
        throw new Error(`the model has no ${name}`);
    }
  };
  const batchGet = ({ RequestItems = {} }: BatchGetCommandInput) => ({
    Responses: Object.fromEntries(
      Object.entries(RequestItems).map(([table, { Keys = [] }]) => [
        table,
        Keys.flatMap((key) => structuredClone(rows.get(keyOf(table, key))) ?? []),
      ]),
    ),
  });
  const put = (input: PutCommandInput) => {
    const key = keyOf(input.TableName, input.Item);
    if (!holds(rows.get(key), input)) {
      throw new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
    }
    rows.set(key, structuredClone(input.Item ?? {}));
  };
  const transactWrite = ({ TransactItems = [] }: TransactWriteCommandInput) => {
    const operations = TransactItems.map((write) => {
      const operation = operationOf(write);
      return { write, operation, key: keyOf(operation.TableName, operation.Key ?? operation.Item) };
    });
    checkRequest(operations.map(({ key }) => key));
    const reasons = operations.map(({ operation, key }) => ({
      Code: holds(rows.get(key), operation) ? 'None' : 'ConditionalCheckFailed',
    }));
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw new TransactionCanceledException({
        message: 'the transaction was cancelled',
        CancellationReasons: reasons,
        $metadata: {},
      });
    }
    for (const { write, operation, key } of operations) apply(rows, key, { write, operation });
  };
  return {
    client: { send: send as unknown as DocumentClient['send'] },
    requests,
    items: (table) => [...rows].filter(([key]) => key.startsWith(`${table}\n`)).map(([, item]) => item),
    remove: (table, key) => rows.delete(keyOf(table, key)),
  };
}

function operationOf(write: Write): Operation {
  return (write.Put ?? write.Update ?? write.Delete ?? write.ConditionCheck) as Operation;
}

function apply(
  rows: Map<string, Item>,
  key: string,
  { write, operation }: { readonly write: Write; readonly operation: Operation },
): void {
  if (write.Put !== undefined) rows.set(key, structuredClone(operation.Item ?? {}));
  else if (write.Update !== undefined)
    rows.set(key, updated({ ...operation.Key, ...rows.get(key) }, operation));
  else if (write.Delete !== undefined) rows.delete(key);
}

function checkRequest(keys: readonly string[]): void {
  const problem =
    keys.length > 100
      ? 'too many entries'
      : new Set(keys).size < keys.length &&
        'Transaction request cannot include multiple operations on one item';
  if (problem) throw Object.assign(new Error(problem), { name: 'ValidationException' });
}
