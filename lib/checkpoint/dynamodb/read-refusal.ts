import type { CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { CommitResult, ConditionReason } from '../checkpoint-store.ts';
import type { DocumentClient } from './table.ts';

// Errors are told by their names: a bundle may hold two copies of the SDK's classes.

/** Errors of a whole request that pass by themselves. */
const passing = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
/** Errors of a whole request that one of its entries causes: it names an item twice, or a table that is not there. */
const caused = new Set([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'SerializationException',
  'ValidationException',
]);

export function isPassing(error: unknown): boolean {
  return error instanceof Error && passing.has(error.name);
}

/**
 * What a refused transaction means. `undefined` for an error after which nobody knows whether it was written, which the next
 * read of the checkpoint tells.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function readRefusal(error: unknown, client: DocumentClient): CommitResult | undefined {
  if (!(error instanceof Error)) return undefined;
  if (isCancellation(error)) return readCancellation(error, client);
  if (isPassing(error)) return { kind: 'busy', error };
  return caused.has(error.name) ? { kind: 'refused', at: new Set(), error } : undefined;
}

function isCancellation(error: Error): error is TransactionCanceledException {
  return error.name === 'TransactionCanceledException';
}

/**
 * The first reason is the checkpoint's own: when its version is another one, the conditions of the effects mean nothing yet. That DynamoDB tells it also where an
 * effect's condition fails too is *assumed*.
 */
function readCancellation(error: TransactionCanceledException, client: DocumentClient): CommitResult {
  const [own, ...reasons] = (error.CancellationReasons ?? []).map((reason) => readReason(reason, client));
  if (own?.code === 'ConditionalCheckFailed') return { kind: 'conflict' };
  if ([own, ...reasons].some((reason) => reason !== undefined && passingReasons.has(reason.code)))
    return { kind: 'busy', error };
  const failed = new Map<number, ConditionReason>();
  const refused = new Set<number>();
  reasons.forEach((reason, index) => {
    if (reason.code === 'ConditionalCheckFailed') failed.set(index, reason);
    else if (reason.code !== 'None') refused.add(index);
  });
  if (refused.size === 0 && failed.size > 0) return { kind: 'conditions', failed };
  return { kind: 'refused', at: refused, error };
}

const passingReasons = new Set(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError']);

/** The document client does not turn what an error holds into plain values. */
function readReason(
  { Code = 'None', Item }: CancellationReason,
  { config }: DocumentClient,
): ConditionReason {
  const item = Item && unmarshall(Item, config?.translateConfig?.unmarshallOptions);
  return { code: Code, item };
}
