import { describe, expect, test } from 'vitest';
import { transact } from '../../../../lib/checkpoint/dynamodb/index.ts';
import { aRecord } from '../../../../lib/testing/index.ts';
import { addOne, aGroup, putOnce } from '../support/a-group.ts';

describe('a write that fails', () => {
  const named = (name: string) => Object.assign(new Error('secret'), { name });
  const records = [1, 2].map((offset) => aRecord({ offset }));

  test.each(['TransactionConflictException', 'ThrottlingException'])(
    'with %s is made again',
    async (name) => {
      let left = 3;
      const send = (request: { readonly name: string }) =>
        request.name === 'PutCommand' && left-- > 0 ? Promise.reject(named(name)) : undefined;
      const group = aGroup({ send });
      expect(await group.deliver(records)).toEqual([]);
      expect(group.handled).toHaveLength(2);
    },
  );

  test('all the time fails the lane, and is not tried for ever', async () => {
    let writes = 0;
    const send = (request: { readonly name: string }) => {
      if (request.name !== 'PutCommand') return undefined;
      writes++;
      return Promise.reject(named('ThrottlingException'));
    };
    const group = aGroup({ send });
    expect(await group.deliver(records)).toEqual(['0@1', '0@2']);
    expect(group.failures).toMatchObject([{ code: 'CHECKPOINT_CONFLICT', offset: 1 }]);
    expect(writes).toBe(7);
  });

  test('because others hold one item all the time fails the record that wants it, and no other of its lane', async () => {
    const send = ({ name, input }: { readonly name: string; readonly input: unknown }) => {
      if (name !== 'TransactWriteCommand' || !JSON.stringify(input).includes('hot')) return undefined;
      const CancellationReasons = [{ Code: 'None' }, { Code: 'TransactionConflict' }];
      return Promise.reject(Object.assign(named('TransactionCanceledException'), { CancellationReasons }));
    };
    const group = aGroup({
      send,
      ordering: 'none',
      handle: ({ offset }) => transact([addOne(offset === 2 ? 'hot' : `r${offset}`)]),
    });
    const batch = [1, 2, 3, 4].map((offset) => aRecord({ offset }));
    expect(await group.deliver(batch)).toEqual(['0@2']);
    expect(group.failures).toMatchObject([{ code: 'EFFECTS_REFUSED', offset: 2 }]);
    expect([1, 3, 4].map((offset) => group.applied(`r${offset}`))).toEqual([1, 1, 1]);
  });

  test('because the role may not write makes the invocation throw, like a table that is not there', async () => {
    const send = (request: { readonly name: string }) =>
      request.name === 'PutCommand' ? Promise.reject(named('AccessDeniedException')) : undefined;
    const group = aGroup({ send });
    await expect(group.deliver(records)).rejects.toMatchObject({
      code: 'CHECKPOINT_TABLE',
      message: expect.stringContaining('dynamodb:PutItem'),
    });
  });

  test('after it was carried out, and is sent again by the SDK, counts no attempt twice', async () => {
    const attempts: unknown[] = [];
    const send = (request: { readonly name: string; readonly input: unknown }) =>
      request.name === 'PutCommand' && attempts.length === 1
        ? group.database.client
            .send({ constructor: { name: 'PutCommand' }, input: request.input } as never)
            .then(() => Promise.reject(named('ConditionalCheckFailedException')))
        : undefined;
    const group = aGroup({
      send,
      handle: ({ attempt }) => {
        attempts.push(attempt);
        throw new Error('not now');
      },
    });
    for (let delivery = 0; delivery < 2; delivery++) await group.deliver([aRecord({ offset: 1 })]);
    expect(attempts).toEqual([1, 2]);
  });

  test('of a class of another copy of the SDK is read by its name', async () => {
    class Foreign extends Error {
      override name = 'TransactionCanceledException';
      readonly CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }];
    }
    const send = (request: { readonly name: string }) =>
      request.name === 'TransactWriteCommand' ? Promise.reject(new Foreign('no')) : undefined;
    const group = aGroup({ send, handle: () => transact([putOnce('x')]) });
    expect(await group.deliver(records)).toEqual(['0@1', '0@2']);
    expect(group.failures).toMatchObject([{ code: 'CONDITION_FAILED', offset: 1 }]);
  });
});
