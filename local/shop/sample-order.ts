import { type Random, randomInteger } from '../random.ts';
import { scarceSku, skuCount } from './stock.ts';

/** As the contract of the topic has it. */
export interface PlacedOrder {
  readonly kind: 'order.placed';
  readonly orderId: string;
  readonly customerId: string;
  readonly email: string;
  readonly currency: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitPrice: number }[];
  readonly occurredAt: string;
}

export interface CancelledOrder {
  readonly kind: 'order.cancelled';
  readonly orderId: string;
  readonly customerId: string;
  readonly email: string;
  readonly reason: string;
  readonly occurredAt: string;
}

/** Names as customers have them: what is not ASCII must survive the whole way. */
const customers = ['ada', 'grace', 'zoë', 'łukasz', 'mañana', 'søren', 'Ελένη', 'さくら', '李雷', 'nuñez'];
const currencies = ['EUR', 'EUR', 'EUR', 'USD', 'JPY'];
const reasons = [
  'changed my mind',
  'too expensive',
  'found it elsewhere',
  'zu spät geliefert',
  '気が変わりました',
  'commandé deux fois 🙈',
];

export interface SampleOrderOptions {
  readonly random: Random;
  readonly orderId: string;
  readonly occurredAt: string;
  readonly wants?: 'plain' | 'scarce' | 'unknown-sku';
}

export function samplePlacedOrder({ random, orderId, occurredAt, wants }: SampleOrderOptions): PlacedOrder {
  const customer = randomInteger(random, 1, 400);
  const currency = pick(random, currencies);
  const lines = Array.from({ length: randomInteger(random, 1, 4) }, () =>
    sampleLine(random, plainSku(random)),
  );
  if (wants === 'scarce') lines.push(sampleLine(random, scarceSku));
  if (wants === 'unknown-sku')
    lines.push(sampleLine(random, `sku-${skuCount + randomInteger(random, 1, 49)}`));
  return {
    kind: 'order.placed',
    orderId,
    customerId: `c-${customer}-${customers[customer % customers.length]}`,
    // SES takes ASCII only before the @.
    email: `customer-${customer}@example.com`,
    currency,
    lines,
    occurredAt,
  };
}

export function sampleCancellation(random: Random, order: PlacedOrder, occurredAt: string): CancelledOrder {
  const { orderId, customerId, email } = order;
  return { kind: 'order.cancelled', orderId, customerId, email, reason: pick(random, reasons), occurredAt };
}

function sampleLine(random: Random, sku: string): PlacedOrder['lines'][number] {
  return { sku, quantity: randomInteger(random, 1, 3), unitPrice: randomInteger(random, 95, 24_999) };
}

/** Any sku of the shop but the scarce one, which is wanted on purpose only. */
function plainSku(random: Random): string {
  const sku = `sku-${randomInteger(random, 1, skuCount)}`;
  return sku === scarceSku ? 'sku-1' : sku;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[randomInteger(random, 0, items.length - 1)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}
