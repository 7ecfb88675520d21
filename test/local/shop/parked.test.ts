import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awsClientConfig } from '../../../local/services/aws-client-config.ts';
import { createResources } from '../../../local/services/create-resources.ts';
import { type LocalServices, startServices } from '../../../local/services/start-services.ts';
import { readParked } from '../../../local/shop/parked.ts';
import { aQueue, aShopSystem } from '../../support/shop-system.ts';

const queues = Array.from({ length: 4 }, (_, index) => aQueue(`Parked${index}`));
const system = aShopSystem({ tables: [], queues });
let services: LocalServices;
let client: SQSClient;
/** A fresh queue for each test. */
const nextQueue = () => queues.pop()?.queueUrl ?? '';

beforeAll(async () => {
  services = await startServices(system, {});
  await createResources(system, services.environment);
  client = new SQSClient(awsClientConfig(services.environment, 'SQS'));
});
afterAll(async () => {
  client.destroy();
  await services.stop();
});

const send = (queueUrl: string, body: string) =>
  client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));

const aDocument = (offset: number, group = 'billing') =>
  JSON.stringify({
    group,
    topic: 'order-events',
    partition: 1,
    offset,
    value: 'c2VjcmV0',
    error: { code: 'INVALID_JSON', name: 'DecodeError', message: 'value is not JSON' },
  });

test('reads more documents than one call gives, and leaves them all there', async () => {
  const queue = nextQueue();
  for (let offset = 0; offset < 35; offset += 1) await send(queue, aDocument(offset));
  const first = await readParked([queue], services.environment);
  expect(first).toHaveLength(35);
  expect(await readParked([queue], services.environment)).toEqual(first);
});

test('tells a record once for each group, however often it was parked', async () => {
  const queue = nextQueue();
  for (const body of [aDocument(7), aDocument(7), aDocument(7, 'inventory'), aDocument(3)])
    await send(queue, body);
  const parked = await readParked([queue], services.environment);
  expect(parked.map((record) => `${record.group} ${record.position}`)).toEqual([
    'billing order-events-1@3',
    'billing order-events-1@7',
    'inventory order-events-1@7',
  ]);
});

test('tells the reason, and nothing of the content', async () => {
  const queue = nextQueue();
  await send(queue, aDocument(1));
  const [record] = await readParked([queue], services.environment);
  expect(record?.reason).toBe('INVALID_JSON: value is not JSON');
  expect(JSON.stringify(record)).not.toContain('c2VjcmV0');
});

test('passes over what somebody else has put into the queue', async () => {
  const queue = nextQueue();
  for (const body of ['hello', '{"group":1}', aDocument(2)]) await send(queue, body);
  expect(await readParked([queue], services.environment)).toHaveLength(1);
});
