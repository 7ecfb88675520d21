import type { Random } from '../random.ts';
import { type PlacedOrder, pick } from './sample-order.ts';

/** Bytes that no consumer can decode. */
export function sampleUndecodable(random: Random, orderId: string): Buffer {
  return pick(random, [
    // A producer that was cut off.
    Buffer.from(`{"kind":"order.placed","orderId":"${orderId}","lines":[{"sku":`),
    // Another topic's bytes: an Avro record in Confluent's framing.
    Buffer.from([0x00, 0x00, 0x00, 0x04, 0xd2, 0x0c, 0xff, 0xfe, 0x80, 0xc3]),
    Buffer.from(`order ${orderId}, please`),
    Buffer.alloc(0),
  ]);
}

/** JSON that is not an order. */
export function sampleSchemaViolation(random: Random, order: PlacedOrder): object {
  const [first, ...rest] = order.lines;
  return pick<object>(random, [
    { ...order, kind: 'order.shipped' },
    { ...order, lines: [{ ...first, unitPrice: -1 }, ...rest] },
    { ...order, lines: [{ ...first, quantity: 1.5 }, ...rest] },
    { ...order, lines: [] },
    { ...order, currency: 'euro' },
    { ...order, email: 'not an address' },
    { ...order, orderId: undefined },
  ]);
}
