import { buildKafkaEvent, type RecordToDeliver } from '../../lib/event/build-kafka-event.ts';
import type { Situation } from './situation.ts';

/** Lambda's limit for a synchronous invocation: what is larger is never delivered. */
export const largestPayload = 6 * 1024 * 1024;

const topic = 'order-events';

/** The event as the JSON text that Lambda's runtime parses. Every candidate gets a fresh object of it for each batch. */
export function eventText(situation: Situation): string {
  const records = Array.from({ length: situation.records }, (_, index) => record(index, situation));
  return JSON.stringify(
    buildKafkaEvent(records, {
      eventSource: 'aws:kafka',
      eventSourceArn: 'arn:aws:kafka:eu-central-1:111122223333:cluster/orders/0f2a5c1e',
      bootstrapServers: 'b-1.orders.kafka.eu-central-1.amazonaws.com:9098',
    }),
  );
}

function record(
  index: number,
  { partitions, bytes, fields }: Situation,
): RecordToDeliver & { topic: string } {
  const headers = [
    ['traceparent', Buffer.from('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')],
    ['source', Buffer.from('shop')],
  ] as const;
  return {
    topic,
    partition: index % partitions,
    offset: 1_000 + index,
    timestamp: 1_785_000_000_000 + index,
    timestampType: 'CREATE_TIME',
    key: Buffer.from(`order-${index}`),
    value: Buffer.from(orderJson(index, bytes)),
    headers: fields === 'all' ? headers : [],
  };
}

/** An order with as many lines as make up the size. */
function orderJson(sequence: number, bytes: number): string {
  const order = {
    kind: 'order.placed',
    sequence,
    orderId: `o-${10_000 + sequence}`,
    email: 'ada@example.com',
    currency: 'EUR',
    occurredAt: '2026-11-23T10:00:00.000Z',
    lines: [] as unknown[],
  };
  const line = { sku: 'sku-1001', quantity: 2, unitPrice: 1999 };
  const lines = Math.round((bytes - JSON.stringify(order).length) / (JSON.stringify(line).length + 1));
  for (let index = 0; index < lines; index += 1) order.lines.push(line);
  return JSON.stringify(order);
}
