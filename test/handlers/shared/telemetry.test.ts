import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { KafkaHandler } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { anOrder, recordOf } from '../../support/an-order.ts';
import { deliver, loadHandler, type RunningShop, startShop } from '../../support/running-shop.ts';

let shop: RunningShop;
let handler: KafkaHandler;

beforeAll(async () => {
  shop = await startShop('billing');
  process.env.POWERTOOLS_LOG_LEVEL = 'DEBUG';
  delete process.env.POWERTOOLS_METRICS_DISABLED;
  handler = await loadHandler('billing');
});
afterAll(() => shop.stop());

const secret = 'ada.lovelace';

/** An undecodable record, a schema violation, one that fails for lack of its table, and one that is done. */
const aBatchOfEachKind = [
  aRecord({
    partition: 0,
    offset: 0,
    key: secret,
    value: `{"email":"${secret}@example.com"`,
    headers: [['trace', secret]],
  }),
  aRecord({ partition: 0, offset: 1, key: secret, value: { ...anOrder(), [secret]: secret, email: secret } }),
  recordOf(anOrder({ orderId: secret, customerId: secret, email: `${secret}@example.com` }), {
    partition: 1,
    offset: 2,
  }),
];

async function outputOf(work: () => Promise<unknown>): Promise<string> {
  const written: string[] = [];
  const capture = (chunk: unknown) => written.push(String(chunk)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(capture),
  );
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...texts) => void written.push(texts.join(' '))),
  );
  try {
    await work();
  } finally {
    for (const spy of [...spies, ...consoles]) spy.mockRestore();
  }
  return written.join('\n');
}

test('logs name the position and the reason of what was parked, and nothing of what is in it', async () => {
  const output = await outputOf(() => deliver(handler, aBatchOfEachKind));
  expect(output).toContain('order-events-0@0');
  expect(output).toContain('INVALID_JSON');
  expect(output).toContain('SCHEMA_VIOLATION');
  expect(output).not.toContain(secret);
  expect(output).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12));
});

test('logs of a failure name the error, and nothing of the record', async () => {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:1';
  vi.resetModules();
  const cutOff = await loadHandler('billing');
  const output = await outputOf(() => deliver(cutOff, aBatchOfEachKind));
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint;
  expect(output).toContain('order-events-1@2');
  expect(output).toContain('CHECKPOINT_FAILED');
  expect(output).not.toContain(secret);
});

test('counts what became of the records as metrics of the service', async () => {
  const output = await outputOf(() => deliver(handler, aBatchOfEachKind));
  const metrics = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find((line) => '_aws' in line);
  expect(metrics).toMatchObject({ service: 'billing', RecordsDone: 1, RecordsParked: 2, RecordsFailed: 0 });
});
