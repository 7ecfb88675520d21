import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { type OrderCancelled, type OrderEvent, type OrderPlaced, orderTotal } from '../orders/order-event.ts';
import { formatMoney } from '../shared/money.ts';

export interface Mailer {
  readonly client: SESv2Client;
  readonly from: string;
  /** Aborted when the answer had to be given without this record. */
  readonly signal?: AbortSignal;
}

interface Email {
  readonly subject: string;
  readonly text: string;
}

/**
 * Sends the mail that an event calls for. SES has no idempotency key, so a record that comes again sends again: the same
 * recipient, the same subject, the same words.
 *
 * Every error of SES fails the record, a rejected message too: SES words a wrong sender, which concerns every order, like
 * a wrong recipient, which concerns one, and only the mapping's retries and destination fit both.
 */
export async function sendConfirmationEmail(
  { client, from, signal }: Mailer,
  event: OrderEvent,
): Promise<'confirmed' | 'cancellation-confirmed'> {
  const { subject, text } = confirmationEmail(event);
  const command = new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: [event.email] },
    Content: {
      Simple: {
        Subject: { Data: subject, Charset: 'UTF-8' },
        Body: { Text: { Data: text, Charset: 'UTF-8' } },
      },
    },
  });
  await client.send(command, { abortSignal: signal });
  return event.kind === 'order.placed' ? 'confirmed' : 'cancellation-confirmed';
}

export function confirmationEmail(event: OrderEvent): Email {
  switch (event.kind) {
    case 'order.placed':
      return confirmation(event);
    case 'order.cancelled':
      return cancellation(event);
  }
}

function confirmation(order: OrderPlaced): Email {
  const total = formatMoney(orderTotal(order), order.currency);
  const lines = order.lines.map(
    (line) => `  ${line.quantity} x ${line.sku} at ${formatMoney(line.unitPrice, order.currency)}`,
  );
  const text = ['Thank you for your order.', '', `Order: ${order.orderId}`, ...lines, `Total: ${total}`, ''];
  return { subject: `Order ${order.orderId} confirmed: ${total}`, text: text.join('\n') };
}

/** The event names no amount: the credit note does, which is billing's to write. */
function cancellation(event: OrderCancelled): Email {
  const text = [
    'Your order has been cancelled.',
    '',
    `Order: ${event.orderId}`,
    `Reason: ${event.reason}`,
    '',
  ];
  return { subject: `Order ${event.orderId} cancelled`, text: text.join('\n') };
}
