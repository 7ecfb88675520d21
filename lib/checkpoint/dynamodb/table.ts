import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ItemOptions } from './checkpoint-item.ts';

export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'> &
  Partial<Pick<DynamoDBDocumentClient, 'config'>>;

/** Where checkpoints are kept, and how it is asked. */
export interface Table extends ItemOptions {
  readonly tableName: string;
  readonly client: DocumentClient;
  /** Milliseconds for one request with its retries. */
  readonly timeout: number;
}
