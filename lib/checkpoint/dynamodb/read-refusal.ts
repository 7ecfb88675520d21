import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { CommitResult, ConditionReason } from '../checkpoint-store.ts';

/** Errors of a whole request that pass by themselves. */
const passing = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);
/** Errors of a whole request that one of its entries causes: it names an item twice, or a table that is not there. */
const caused = new Set(['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException']);

/**
 * What a refused transaction means. `undefined` for an error after which nobody knows whether it was written, which the next
 * read of the checkpoint tells.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function readRefusal(error: unknown): CommitResult | undefined {
  if (error instanceof TransactionCanceledException) return readCancellation(error);
  if (!(error instanceof Error)) return undefined;
  if (passing.has(error.name)) return { kind: 'busy', error };
  return caused.has(error.name) ? { kind: 'refused', at: new Set(), error } : undefined;
}

/** The first reason is the checkpoint's own: when its version is another one, the conditions of the effects mean nothing yet. */
function readCancellation(error: TransactionCanceledException): CommitResult {
  const [own, ...reasons] = (error.CancellationReasons ?? []).map(({ Code = 'None', Item }) => ({
    code: Code,
    item: Item as ConditionReason['item'],
  }));
  if (own?.code === 'ConditionalCheckFailed') return { kind: 'conflict' };
  if ([own, ...reasons].some((reason) => isPassing(reason?.code))) return { kind: 'busy', error };
  const failed = new Map<number, ConditionReason>();
  const refused = new Set<number>();
  reasons.forEach((reason, index) => {
    if (reason.code === 'ConditionalCheckFailed') failed.set(index, reason);
    else if (reason.code !== 'None') refused.add(index);
  });
  if (refused.size === 0 && failed.size > 0) return { kind: 'conditions', failed };
  return { kind: 'refused', at: refused, error };
}

function isPassing(code: string | undefined): boolean {
  return (
    code === 'TransactionConflict' || code === 'ProvisionedThroughputExceeded' || code === 'ThrottlingError'
  );
}
