import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

/** Two orders that want the same sku at the same moment conflict, and a moment later they do not. */
const attempts = 3;
/** Milliseconds, once to three times this. */
const pause = 15;

export interface Database {
  readonly client: DynamoDBDocumentClient;
  /** Aborted when the answer had to be given without this record. */
  readonly signal?: AbortSignal;
}

type Cancellation =
  /** The places of the items whose condition does not hold. */
  | { readonly kind: 'conditions'; readonly failed: ReadonlySet<number> }
  | { readonly kind: 'conflict' }
  /** A throttle, an item that is malformed or too large: it says nothing about the order. */
  | { readonly kind: 'other' };

/**
 * Writes all items or none.
 *
 * @returns the places of the items whose condition does not hold; none when all is written.
 * @throws the SDK's error for whatever else went wrong, a conflict that persists included: the record comes again.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function transact(
  { client, signal }: Database,
  items: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<ReadonlySet<number>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: items }), { abortSignal: signal });
      return new Set();
    } catch (error) {
      const cancellation = readCancellation(error);
      if (cancellation.kind === 'conditions') return cancellation.failed;
      if (cancellation.kind === 'other' || attempt === attempts) throw error;
      await sleep(pause * (1 + 2 * Math.random()), undefined, { signal });
    }
  }
}

function readCancellation(error: unknown): Cancellation {
  if (!(error instanceof TransactionCanceledException)) return { kind: 'other' };
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  const failed = codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : []));
  const known = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict']);
  if (codes.some((code) => !known.has(code))) return { kind: 'other' };
  // An item in conflict may be about to change, and with it what the other conditions mean together.
  if (codes.includes('TransactionConflict')) return { kind: 'conflict' };
  return failed.length > 0 ? { kind: 'conditions', failed: new Set(failed) } : { kind: 'other' };
}
