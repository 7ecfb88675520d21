import type { ProducedRecord, RecordSource } from '../../local/source/record-source.ts';
import { topic } from './a-mapping.ts';

const atOnce = 1_000;

/** An order of about 320 bytes with a key, as the raw clients of Kafka are usually compared with. */
export function anOrder(sequence: number): ProducedRecord {
  const order = {
    kind: 'order.placed',
    sequence,
    orderId: `o-${sequence}`,
    email: 'ada@example.com',
    currency: 'EUR',
    occurredAt: '2026-11-23T10:00:00.000Z',
    lines: Array.from({ length: 4 }, (_, line) => ({ sku: `sku-${line}`, quantity: 2, unitPrice: 1999 })),
  };
  return { key: Buffer.from(`o-${sequence}`), value: Buffer.from(JSON.stringify(order)) };
}

/** Spread over all partitions in turn. */
export async function produceOrders(source: RecordSource, count: number, partitions: number): Promise<void> {
  for (let first = 0; first < count; first += atOnce) {
    const size = Math.min(atOnce, count - first);
    const records = Array.from({ length: size }, (_, index) => ({
      ...anOrder(first + index),
      partition: (first + index) % partitions,
    }));
    await source.produce(topic, records);
  }
}
