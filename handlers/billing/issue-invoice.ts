import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type OrderCancelled, type OrderEvent, type OrderPlaced, orderTotal } from '../orders/order-event.ts';
import { transact } from '../shared/transact.ts';

/** Table of invoices and credit notes: partition key `orderId`, sort key `kind`. */
export interface Ledger {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  /** Aborted when the answer had to be given without this record. */
  readonly signal?: AbortSignal;
}

export type BillingOutcome = 'invoiced' | 'credited' | 'credit-refused' | 'repeated';

/** Each order has at most one invoice and one credit note, however often its events come. */
export async function issueInvoice(ledger: Ledger, event: OrderEvent): Promise<BillingOutcome> {
  switch (event.kind) {
    case 'order.placed':
      return putInvoice(ledger, event);
    case 'order.cancelled':
      return putCreditNote(ledger, event);
  }
}

async function putInvoice({ client, table, signal }: Ledger, order: OrderPlaced): Promise<BillingOutcome> {
  const invoice = {
    orderId: order.orderId,
    kind: 'invoice',
    customerId: order.customerId,
    currency: order.currency,
    total: orderTotal(order),
    lines: order.lines,
    issuedAt: order.occurredAt,
  };
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: invoice,
        ConditionExpression: 'attribute_not_exists(orderId)',
      }),
      { abortSignal: signal },
    );
    return 'invoiced';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'repeated';
    throw error;
  }
}

/** Credits what was invoiced. Without an invoice there is nothing to credit, and that is written down too. */
async function putCreditNote(
  { client, table, signal }: Ledger,
  event: OrderCancelled,
): Promise<BillingOutcome> {
  const invoiceKey = { orderId: event.orderId, kind: 'invoice' };
  const { Item: invoice } = await client.send(
    new GetCommand({ TableName: table, Key: invoiceKey, ConsistentRead: true }),
    { abortSignal: signal },
  );
  const creditNote = {
    orderId: event.orderId,
    kind: 'credit-note',
    status: invoice ? 'issued' : 'refused',
    customerId: event.customerId,
    currency: invoice?.currency,
    total: invoice?.total,
    issuedAt: event.occurredAt,
  };
  // The invoice must still be there, or still not, when the note is written.
  const asRead = `attribute_${invoice ? 'exists' : 'not_exists'}(orderId)`;
  const failed = await transact({ client, signal }, [
    { Put: { TableName: table, Item: creditNote, ConditionExpression: 'attribute_not_exists(orderId)' } },
    { ConditionCheck: { TableName: table, Key: invoiceKey, ConditionExpression: asRead } },
  ]);
  if (failed.has(0)) return 'repeated';
  if (failed.size > 0) throw new Error('the invoice came or went meanwhile; it is looked at again');
  return invoice ? 'credited' : 'credit-refused';
}
