import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDynamodb } from '../../local/services/start-dynamodb.ts';
import { sampleOrders } from '../../local/shop/sample-orders.ts';
import type { ProducedRecord } from '../../local/source/record-source.ts';
import { type ExpectedEffects, expectedEffects } from '../support/expected-effects.ts';
import { startFaultyEndpoint } from '../support/faulty-endpoint.ts';
import { runStart, startCli } from '../support/run-cli.ts';
import {
  consumeWithTool,
  createTopicWithTool,
  describeGroupWithTool,
  produceWithTool,
} from './support/kafka-tools.ts';
import { type Kafka, startKafka } from './support/start-kafka.ts';

let kafka: Kafka;

beforeAll(async () => {
  kafka = await startKafka();
});
afterAll(() => kafka.stop());

/** Sample orders that can be typed into a console: no line breaks, no bytes that are not text. */
function typableOrders(count: number, seed: number): readonly ProducedRecord[] {
  return sampleOrders({ count, seed }).filter(({ value }) => {
    const text = value?.toString() ?? '';
    return text !== '' && Buffer.from(text).equals(value ?? Buffer.of()) && !/[\t\r\n]/.test(text);
  });
}

const asLines = (orders: readonly ProducedRecord[]) => orders.map(({ key, value }) => `${key}\t${value}`);

async function writeOrders(topic: string, orders: readonly ProducedRecord[]): Promise<ExpectedEffects> {
  await createTopicWithTool(kafka, topic, { partitions: 3 });
  await produceWithTool(kafka, topic, { lines: asLines(orders) });
  return expectedEffects(orders);
}

const groups = ['billing', 'inventory', 'notification'];

describe('orders that Kafka’s own console producer has written', () => {
  test('are consumed by all three groups of the template, and Kafka’s own tool shows no lag', async () => {
    const orders = typableOrders(300, 11);
    const expected = await writeOrders('order-events', orders);

    const { code, report } = await runStart(['--bootstrap', kafka.bootstrap]);

    expect({ code, lost: report.lost, produced: report.produced }).toEqual({ code: 0, lost: 0, produced: 0 });
    expect(report.source).toBe('kafka');
    expect(report.effects).toMatchObject({
      invoices: expected.invoices,
      creditNotes: expected.creditNotes,
      mails: expected.mails,
    });
    for (const group of groups) {
      const rows = await describeGroupWithTool(kafka, group);
      expect(rows.map(({ topic }) => topic)).toEqual(['order-events', 'order-events', 'order-events']);
      expect(rows.map(({ lag }) => lag)).toEqual([0, 0, 0]);
      expect(rows.reduce((sum, { committed = 0 }) => sum + committed, 0)).toBe(orders.length);
    }
  });

  test('are read by a foreign consumer in a group of its own beside them', async () => {
    const orders = typableOrders(100, 12);
    await writeOrders('shared-orders', orders);

    const [ours, theirs] = await Promise.all([
      runStart(['--bootstrap', kafka.bootstrap, '--topic', 'shared-orders', '--consumer', 'billing']),
      consumeWithTool(kafka, 'shared-orders', { count: orders.length, group: 'warehouse-reports' }),
    ]);

    expect(ours.report.lost).toBe(0);
    expect(total(ours.report.consumers.billing?.partitions)).toBe(orders.length);
    expect([...theirs].sort()).toEqual(orders.map(({ value }) => String(value)).sort());
    const [own, foreign] = [
      await describeGroupWithTool(kafka, 'billing'),
      await describeGroupWithTool(kafka, 'warehouse-reports'),
    ];
    expect(own.filter(({ topic }) => topic === 'shared-orders').map(({ lag }) => lag)).toEqual([0, 0, 0]);
    expect(foreign.map(({ lag }) => lag)).toEqual([0, 0, 0]);
  });

  test('are each invoiced exactly once when the process is killed half way and started again', async () => {
    const orders = typableOrders(3_000, 13);
    const expected = await writeOrders('interrupted-orders', orders);
    // What the consumers have done outlives the process, as it does in AWS.
    const dynamodb = await startDynamodb();
    const environment = { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint };
    // Only half of the orders can be done before the kill, however late it comes.
    let transactions = 0;
    const holding = await startFaultyEndpoint(dynamodb.endpoint, (body) => {
      transactions += Number(body.includes('"TransactItems"'));
      return transactions > orders.length / 2 ? new Promise(() => {}) : undefined;
    });
    const args = ['--bootstrap', kafka.bootstrap, '--topic', 'interrupted-orders', '--consumer', 'billing'];
    try {
      const first = startCli(['start', '--once', ...args], {
        environment: { AWS_ENDPOINT_URL_DYNAMODB: holding.endpoint },
      });
      await first.printed(/billing +committed .*@[1-9]/);
      first.process.kill('SIGKILL');
      expect((await first.result()).code).toBeNull();
      const halfWay = await describeGroupWithTool(kafka, 'billing');
      const left = halfWay
        .filter(({ topic }) => topic === 'interrupted-orders')
        .reduce((sum, { lag = 0 }) => sum + lag, 0);
      expect(left).toBeGreaterThan(0);

      const second = await runStart(args, { environment });

      expect({ code: second.code, lost: second.report.lost }).toEqual({ code: 0, lost: 0 });
      expect(second.report.effects).toMatchObject({
        invoices: expected.invoices,
        creditNotes: expected.creditNotes,
      });
      const after = await describeGroupWithTool(kafka, 'billing');
      expect(after.filter(({ topic }) => topic === 'interrupted-orders').map(({ lag }) => lag)).toEqual([
        0, 0, 0,
      ]);
    } finally {
      await holding.stop();
      await dynamodb.stop();
    }
  });
});

function total(partitions: readonly { readonly succeeded: number; readonly parked: number }[] = []): number {
  return partitions.reduce((sum, { succeeded, parked }) => sum + succeeded + parked, 0);
}
