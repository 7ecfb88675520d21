import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { LanewiseError } from '../../errors/lanewise-error.ts';
import { type CheckpointState, emptyState } from '../checkpoint-state.ts';
import type { TopicPartition } from '../checkpoint-store.ts';
import { type CheckpointKey, fromItem, itemKey } from './checkpoint-item.ts';
import type { Table } from './table.ts';
import { tableError } from './table-error.ts';

/** Keys that one BatchGetItem takes. */
const mostKeys = 100;
/** Requests for keys that DynamoDB left unprocessed, which is how it throttles. */
const attempts = 6;
/** Milliseconds; doubled with each attempt, and less by chance. */
const firstPause = 20;

/**
 * Reads the states of a batch's topic-partitions, consistently, in one request for each hundred of them.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export async function readStates(
  table: Table,
  partitions: readonly TopicPartition[],
): Promise<readonly (CheckpointState | Error)[]> {
  const keys = partitions.map((partition) => itemKey(partition, table));
  const pages: (readonly CheckpointKey[])[] = [];
  for (let start = 0; start < keys.length; start += mostKeys) pages.push(keys.slice(start, start + mostKeys));
  const items = new Map((await Promise.all(pages.map((page) => readPage(table, page)))).flat());
  return keys.map(({ pk }) => {
    const item = items.get(pk);
    return item === undefined ? emptyState : stateOf(item);
  });
}

type Item = Readonly<Record<string, unknown>>;

/** An item that cannot be used is the fault of its own topic-partition, and of no other. */
function stateOf(item: Item): CheckpointState | LanewiseError {
  try {
    return fromItem(item);
  } catch (error) {
    if (error instanceof LanewiseError) return error;
    throw error;
  }
}

async function readPage(
  table: Table,
  page: readonly CheckpointKey[],
): Promise<readonly (readonly [string, Item])[]> {
  const found: (readonly [string, Item])[] = [];
  let missing: readonly Item[] = page.map(({ pk, sk }) => ({ pk, sk }));
  for (let attempt = 1; missing.length > 0; attempt++) {
    if (attempt > attempts) throw throttled(table.tableName, missing.length);
    if (attempt > 1) await sleep(firstPause * 2 ** (attempt - 2) * (0.5 + Math.random() / 2));
    const { items, unprocessed } = await request(table, missing);
    found.push(...items.map((item) => [String(item.pk), item] as const));
    missing = unprocessed;
  }
  return found;
}

async function request({ client, tableName, timeout }: Table, keys: readonly Item[]) {
  const command = new BatchGetCommand({
    RequestItems: { [tableName]: { Keys: [...keys], ConsistentRead: true } },
  });
  try {
    const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeout) });
    // An ARN asked for comes back as an ARN or as a name: there is one table in the answer, whatever it is called.
    const items: readonly Item[] = Object.values(answer.Responses ?? {}).flat();
    const unprocessed: readonly Item[] = Object.values(answer.UnprocessedKeys ?? {}).flatMap(
      ({ Keys = [] }) => Keys,
    );
    return { items, unprocessed };
  } catch (error) {
    throw tableError(error, tableName) ?? error;
  }
}

function throttled(tableName: string, keys: number): LanewiseError {
  return new LanewiseError(
    'CHECKPOINT_FAILED',
    `the table '${tableName}' left ${keys} keys unread in ${attempts} attempts, so that the records come again; look at its throttles`,
  );
}
