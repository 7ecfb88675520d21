import { expect, test } from 'vitest';
import { aRecord } from '../../../../lib/testing/index.ts';
import { aGroup } from '../support/a-group.ts';

type Request = { readonly name: string; readonly input: unknown };

const batch = [1, 2].flatMap((offset) => [0, 1].map((partition) => aRecord({ partition, offset })));

test.each(['9-1', '1-5,3-9', '1-5,6-9', '5,5', '1,', '-1', '1.5', '99999999999999999'])(
  'an item that somebody has broken, with %s done, fails its own topic-partition, and the others go on',
  async (done) => {
    const group = aGroup();
    const send = ({ name }: Request) =>
      name === 'BatchGetCommand'
        ? Promise.resolve({
            Responses: {
              t: [{ pk: 'g/order-events-1', sk: '0', done, latest: 1, epoch: 0, attempts: {}, version: 1 }],
            },
          })
        : undefined;
    expect(await group.deliver(batch, { send })).toEqual(['1@1', '1@2']);
    expect(group.handled).toEqual(['order-events-0@1', 'order-events-0@2']);
    expect(group.failures).toMatchObject([{ code: 'CHECKPOINT_CORRUPT', partition: 1, offset: 1 }]);
    expect(group.failures[0]?.message).toContain('the attribute done');
  },
);

test('keys that are never read fail the records, after a bounded number of requests', async () => {
  let requests = 0;
  const group = aGroup();
  const send = ({ name, input }: Request) => {
    if (name !== 'BatchGetCommand') return undefined;
    requests++;
    return Promise.resolve({ UnprocessedKeys: (input as { readonly RequestItems: unknown }).RequestItems });
  };
  expect(await group.deliver(batch, { send })).toEqual(['0@1', '0@2', '1@1', '1@2']);
  expect(group.failures.map(({ code }) => code)).toEqual(['CHECKPOINT_FAILED', 'CHECKPOINT_FAILED']);
  expect(group.handled).toEqual([]);
  expect(requests).toBe(6);
});

test('a read that does not end before the time is up fails the records, and nothing is handled late', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const group = aGroup();
  const send = ({ name }: Request) => (name === 'BatchGetCommand' ? promise : undefined);
  const timer = (then: () => void) => {
    queueMicrotask(then);
    return () => {};
  };
  expect(await group.deliver(batch, { send, timer })).toEqual(['0@1', '0@2', '1@1', '1@2']);
  resolve({});
  await promise;
  expect(group.failures.map(({ message }) => message)).toEqual(
    Array(2).fill(expect.stringContaining('before the time was up')),
  );
  expect(group.handled).toEqual([]);
});
