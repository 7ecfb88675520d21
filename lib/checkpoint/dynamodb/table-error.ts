import { LanewiseError } from '../../errors/lanewise-error.ts';

/** What the table has to be, for messages. */
const wanted = "partition key 'pk' and sort key 'sk', both of type S";

/** Errors that say that the table is not there, not ours to use, or not the right one: none of them passes by itself. */
export function tableError(error: unknown, tableName: string): LanewiseError | undefined {
  const what = error instanceof Error ? describe(error, tableName) : undefined;
  return what === undefined
    ? undefined
    : new LanewiseError('CHECKPOINT_TABLE', `the checkpoint table '${tableName}' ${what}`, { cause: error });
}

function describe(error: Error, tableName: string): string | undefined {
  switch (error.name) {
    case 'ResourceNotFoundException':
      return `does not exist in this account and region; create it with ${wanted}, or correct the option tableName`;
    case 'AccessDeniedException':
      return `may not be used by this function; allow its role dynamodb:BatchGetItem and dynamodb:PutItem on ${tableName}`;
    case 'ValidationException':
      return /key/i.test(error.message) ? `has another key; it needs ${wanted}` : undefined;
    default:
      return undefined;
  }
}
