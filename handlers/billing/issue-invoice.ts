import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Effects, transact } from '../../lib/checkpoint/dynamodb/index.ts';
import { type OrderCancelled, type OrderEvent, type OrderPlaced, orderTotal } from '../orders/order-event.ts';

/** Table of invoices and credit notes: partition key `orderId`, sort key `kind`. */
export interface Ledger {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  /** Aborted when the answer had to be given without this record. */
  readonly signal?: AbortSignal;
}

/**
 * What is to be written for an event. The checkpoint applies it once; the conditions hold against the same event under another offset, and against a replay on
 * purpose: each order has at most one invoice and one credit note.
 */
export function issueInvoice(ledger: Ledger, event: OrderEvent): Effects | Promise<Effects> {
  switch (event.kind) {
    case 'order.placed':
      return invoice(ledger, event);
    case 'order.cancelled':
      return creditNote(ledger, event);
  }
}

function invoice({ table }: Ledger, order: OrderPlaced): Effects {
  const item = {
    orderId: order.orderId,
    kind: 'invoice',
    customerId: order.customerId,
    currency: order.currency,
    total: orderTotal(order),
    lines: order.lines,
    issuedAt: order.occurredAt,
  };
  return transact([putOnce(table, item)], { onConditionFailed: repeated });
}

/** Credits what was invoiced. Without an invoice there is nothing to credit, and that is written down too. */
async function creditNote(ledger: Ledger, event: OrderCancelled): Promise<Effects> {
  const { client, table, signal } = ledger;
  const invoiceKey = { orderId: event.orderId, kind: 'invoice' };
  const { Item: invoiced } = await client.send(
    new GetCommand({ TableName: table, Key: invoiceKey, ConsistentRead: true }),
    { abortSignal: signal },
  );
  const note = {
    orderId: event.orderId,
    kind: 'credit-note',
    status: invoiced ? 'issued' : 'refused',
    customerId: event.customerId,
    currency: invoiced?.currency,
    total: invoiced?.total,
    issuedAt: event.occurredAt,
  };
  // The invoice must still be there, or still not, when the note is written. It may be among the effects of the order just
  // before, which are not written yet when this one is read.
  const asRead = `attribute_${invoiced ? 'exists' : 'not_exists'}(orderId)`;
  const check = { ConditionCheck: { TableName: table, Key: invoiceKey, ConditionExpression: asRead } };
  return transact([putOnce(table, note), check], {
    onConditionFailed: ({ failed }) => (failed.has(0) ? repeated() : creditNote(ledger, event)),
  });
}

function putOnce(TableName: string, Item: Readonly<Record<string, unknown>>) {
  return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(orderId)' } };
}

/** It is there already, and stays as it is. */
function repeated(): undefined {
  return undefined;
}
