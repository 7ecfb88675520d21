import * as z from 'zod';

/**
 * The contract of topic `order-events`: what a shop tells about an order, keyed by order id.
 *
 * Unknown properties are dropped, so that a producer may add some before the consumers know them. An unknown kind is a
 * violation: nobody knows what it asks for.
 */

/** Names go into mail subjects and keys: no control characters, no blanks. */
const identifier = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{C}\p{Z}]+$/u, 'must not contain blanks or control characters');

/** SES wants ASCII before the @ and Punycode after it, which is what this allows. */
const email = z.email().max(254);

const occurredAt = z.iso.datetime({ offset: true }).max(40);

/** With {@link maxLines} and the largest quantity, a total stays far below the largest safe integer. */
const unitPrice = z.int().min(0).max(1_000_000_000);

/** All lines of an order are reserved in one DynamoDB transaction: of its 100 items, one is the reservation, and one the checkpoint. */
const maxLines = 98;

const OrderLine = z.object({
  sku: identifier,
  quantity: z.int().min(1).max(10_000),
  /** Minor units of the order's currency: cents for EUR, yen for JPY. */
  unitPrice,
});

const OrderPlaced = z.object({
  kind: z.literal('order.placed'),
  orderId: identifier,
  customerId: identifier,
  email,
  /** ISO 4217: three capital letters. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters'),
  lines: z.array(OrderLine).min(1).max(maxLines),
  occurredAt,
});

const OrderCancelled = z.object({
  kind: z.literal('order.cancelled'),
  orderId: identifier,
  customerId: identifier,
  email,
  reason: z.string().min(1).max(1_000),
  occurredAt,
});

export const OrderEvent = z.discriminatedUnion('kind', [OrderPlaced, OrderCancelled]);

export type OrderLine = Readonly<z.infer<typeof OrderLine>>;
export type OrderPlaced = Readonly<z.infer<typeof OrderPlaced>>;
export type OrderCancelled = Readonly<z.infer<typeof OrderCancelled>>;
export type OrderEvent = OrderPlaced | OrderCancelled;

/** What the order costs, in minor units. */
export function orderTotal(order: OrderPlaced): number {
  return order.lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0);
}
