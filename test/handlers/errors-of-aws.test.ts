import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KafkaHandler } from '../../lib/index.ts';
import { anOrder, recordOf } from '../support/an-order.ts';
import { type FaultyEndpoint, startFaultyEndpoint, throttled } from '../support/faulty-endpoint.ts';
import { deliver, loadHandler, type RunningShop, reported, startShop } from '../support/running-shop.ts';

let shop: RunningShop;
let endpoint: FaultyEndpoint;
let mailEndpoint: FaultyEndpoint;
let billing: KafkaHandler;
let inventory: KafkaHandler;
let notification: KafkaHandler;
/** Requests whose body has this are answered with the error. */
let unlucky: string | undefined;
let error = throttled;

beforeAll(async () => {
  shop = await startShop('billing');
  const fault = (body: string) => (unlucky && body.includes(unlucky) ? error : undefined);
  endpoint = await startFaultyEndpoint(shop.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', fault);
  mailEndpoint = await startFaultyEndpoint(shop.environment.AWS_ENDPOINT_URL_SESV2 ?? '', fault);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint.endpoint;
  process.env.AWS_ENDPOINT_URL_SESV2 = mailEndpoint.endpoint;
  billing = await loadHandler('billing');
  inventory = await loadHandler('inventory');
  notification = await loadHandler('notification');
});
afterAll(async () => {
  await Promise.all([endpoint.stop(), mailEndpoint.stop()]);
  await shop.stop();
});
beforeEach(() => {
  unlucky = undefined;
  error = throttled;
});

/** Two partitions; in the first, two records of the same order with another between them. */
const aBatch = (prefix: string) => [
  recordOf(anOrder({ orderId: `${prefix}-before` }), { offset: 0 }),
  recordOf(anOrder({ orderId: `${prefix}-unlucky` }), { offset: 1 }),
  recordOf(anOrder({ orderId: `${prefix}-after` }), { offset: 2 }),
  recordOf(anOrder({ orderId: `${prefix}-unlucky`, currency: 'USD' }), { offset: 3 }),
  recordOf(anOrder({ orderId: `${prefix}-beside` }), { partition: 1, offset: 9 }),
];

describe('a throttle that outlasts the attempts of the client', () => {
  test('reports, in billing, the record and what follows it with the same key, and nothing else', async () => {
    unlucky = 'b-unlucky';
    expect(reported(await deliver(billing, aBatch('b')))).toEqual(['order-events-0@1', 'order-events-0@3']);
    expect(await shop.invoice('b-after')).toBeDefined();
    expect(await shop.invoice('b-beside')).toBeDefined();
    expect(await shop.invoice('b-unlucky')).toBeUndefined();
  });

  test('reports, in inventory, the record and the rest of its partition, and nothing else', async () => {
    unlucky = 'i-unlucky';
    const answer = await deliver(inventory, aBatch('i'));
    expect(reported(answer)).toEqual(['order-events-0@1', 'order-events-0@2', 'order-events-0@3']);
    expect(await shop.reservation('i-before')).toBeDefined();
    expect(await shop.reservation('i-beside')).toBeDefined();
    expect(await shop.reservation('i-after')).toBeUndefined();
  });

  test('keeps notification from sending what comes again, which would be sent twice', async () => {
    unlucky = 'm-unlucky';
    const answer = await deliver(notification, aBatch('m'));
    expect(reported(answer)).toEqual(['order-events-0@1', 'order-events-0@2', 'order-events-0@3']);
    const orders = (await shop.mails()).map((mail) => mail.subject.split(' ')[1]);
    expect(orders.toSorted()).toEqual(['m-before', 'm-beside']);
  });

  test('is over with the next delivery, which completes what was missing', async () => {
    unlucky = 'n-unlucky';
    await deliver(billing, aBatch('n'));
    unlucky = undefined;
    expect(reported(await deliver(billing, aBatch('n')))).toEqual([]);
    expect(await shop.invoice('n-unlucky')).toMatchObject({ currency: 'EUR' });
  });

  test('parks nothing: what may succeed later is no business of the parking queue', async () => {
    unlucky = 'p-unlucky';
    await deliver(billing, aBatch('p'));
    expect(await shop.parked()).toEqual([]);
  });
});

// What is wrong with a right, a table or a sender is wrong for every record: parked one by one, all of the topic would be set aside.
describe('an error of AWS that is no throttle comes again, and nothing is parked:', () => {
  const cases = [
    ['billing', 'AccessDeniedException', () => billing],
    ['billing', 'ResourceNotFoundException', () => billing],
    ['billing', 'InternalServerError', () => billing],
    ['inventory', 'ValidationException', () => inventory],
    ['inventory', 'AccessDeniedException', () => inventory],
    ['notification', 'MessageRejected', () => notification],
    ['notification', 'MailFromDomainNotVerifiedException', () => notification],
    ['notification', 'BadRequestException', () => notification],
    ['notification', 'AccountSuspendedException', () => notification],
  ] as const;

  test.each(cases)('%s, %s', async (name, type, handler) => {
    const prefix = `${name}-${type}`;
    unlucky = `${prefix}-unlucky`;
    error = { __type: type, message: `about ${prefix}` };
    const answer = reported(await deliver(handler(), aBatch(prefix)));
    expect(answer).toContain('order-events-0@1');
    expect(answer).not.toContain('order-events-1@9');
    expect(await shop.parked()).toEqual([]);
  });
});
