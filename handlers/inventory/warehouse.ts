import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OrderLine } from '../orders/order-event.ts';

export interface Warehouse {
  readonly client: DynamoDBDocumentClient;
  /** Partition key `sku`, number `available`. */
  readonly stockTable: string;
  /** Partition key `orderId`: what was decided about an order, and what for. */
  readonly reservationsTable: string;
  /** Aborted when the answer had to be given without this record. */
  readonly signal?: AbortSignal;
}

/** What an order wants of one sku. */
export interface SkuQuantity {
  readonly sku: string;
  readonly quantity: number;
}

/** A sku may be in several lines of an order; a transaction may name an item only once. */
export function totalBySku(lines: readonly OrderLine[]): readonly SkuQuantity[] {
  const totals = new Map<string, number>();
  for (const { sku, quantity } of lines) totals.set(sku, (totals.get(sku) ?? 0) + quantity);
  return [...totals].map(([sku, quantity]) => ({ sku, quantity }));
}
