import { OrderEvent } from '../../handlers/orders/order-event.ts';
import type { ProducedRecord } from '../../local/source/record-source.ts';

/** Between two bounds, both included: what depends on which partition was faster. */
export interface Range {
  readonly atLeast: number;
  readonly atMost: number;
}

export interface ExpectedEffects {
  readonly invoices: number;
  /** Issued ones: an order was there to be cancelled. */
  readonly creditNotes: number;
  /** Orders that were decided on: reservations and back-orders together. */
  readonly decided: number;
  readonly reservations: Range;
  readonly backorders: Range;
  /** Distinct ones. */
  readonly mails: number;
  /** Records that each consumer parks, by their key. */
  readonly parked: readonly string[];
}

/** Pieces that one order may take, by sku; skus beyond the stock have none. */
export type Stock = (sku: string) => number;

/** 100,000 each of sku-1 … sku-50, but 5 of sku-13. */
export const sampleStock: Stock = (sku) => {
  const number = /^sku-([1-9]\d?)$/.exec(sku)?.[1];
  if (number === undefined || Number(number) > 50) return 0;
  return number === '13' ? 5 : 100_000;
};

/**
 * What the three consumers must have done when all these records are resolved, reckoned without any of their code but
 * the contract: an oracle. Order is known for records with the same key only, which is all that Kafka promises.
 */
export function expectedEffects(
  records: readonly ProducedRecord[],
  stock: Stock = sampleStock,
): ExpectedEffects {
  const read = records.map((record) => ({ key: record.key?.toString() ?? '', event: readEvent(record) }));
  const orders = new Map<string, ReadonlyMap<string, number>>();
  const credited = new Set<string>();
  const mails = new Set<string>();
  for (const { event } of read) {
    if (typeof event === 'string') continue;
    mails.add(`${event.kind} ${event.orderId} ${event.email}`);
    if (event.kind === 'order.placed') orders.set(event.orderId, orders.get(event.orderId) ?? wishes(event));
    else if (orders.has(event.orderId)) credited.add(event.orderId);
  }
  const reservations = reservable([...orders.values()], stock);
  return {
    invoices: orders.size,
    creditNotes: credited.size,
    decided: orders.size,
    reservations,
    backorders: {
      atLeast: orders.size - reservations.atMost,
      atMost: orders.size - reservations.atLeast,
    },
    mails: mails.size,
    parked: read.flatMap(({ key, event }) => (event === 'unreadable' ? [key] : [])),
  };
}

function readEvent(record: ProducedRecord): OrderEvent | 'unreadable' | 'tombstone' {
  if (record.value === null) return 'tombstone';
  try {
    return OrderEvent.parse(JSON.parse(record.value.toString()));
  } catch {
    return 'unreadable';
  }
}

function wishes(order: Extract<OrderEvent, { kind: 'order.placed' }>): ReadonlyMap<string, number> {
  const bySku = new Map<string, number>();
  for (const { sku, quantity } of order.lines) bySku.set(sku, (bySku.get(sku) ?? 0) + quantity);
  return bySku;
}

/**
 * How many orders can be served. An order that the stock would not serve even alone never is; one whose skus suffice for
 * all orders together always is; what lies between depends on who comes first, and on what cancellations give back.
 */
function reservable(orders: readonly ReadonlyMap<string, number>[], stock: Stock): Range {
  const total = new Map<string, number>();
  for (const order of orders)
    for (const [sku, wanted] of order) total.set(sku, (total.get(sku) ?? 0) + wanted);
  const every = (order: ReadonlyMap<string, number>, suffices: (sku: string, wanted: number) => boolean) =>
    [...order].every(([sku, wanted]) => suffices(sku, wanted));
  const possible = orders.filter((order) => every(order, (sku, wanted) => wanted <= stock(sku)));
  const certain = possible.filter((order) => every(order, (sku) => (total.get(sku) ?? 0) <= stock(sku)));
  return { atLeast: certain.length, atMost: possible.length };
}
