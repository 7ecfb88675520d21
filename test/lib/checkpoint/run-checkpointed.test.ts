import { describe, expect, test } from 'vitest';
import { PermanentError } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { aGroup } from './support/a-group.ts';

const records = (...offsets: readonly number[]) =>
  offsets.map((offset) => aRecord({ offset, timestamp: 1_000 }));
const failAt =
  (...offsets: readonly number[]) =>
  ({ offset }: { readonly offset: number }) => {
    if (offsets.includes(offset)) throw new Error('not now');
  };

describe('a record that comes again', () => {
  test('is skipped when the group has done it, and the observer is told', async () => {
    const group = aGroup();
    await group.deliver(records(4, 5));
    expect(await group.deliver(records(4, 5, 6))).toEqual([]);
    expect(group.handled).toEqual(['order-events-0@4', 'order-events-0@5', 'order-events-0@6']);
    expect(group.skipped).toEqual(['order-events-0@4', 'order-events-0@5']);
  });

  test('is handled when later records were done before it', async () => {
    const group = aGroup({ ordering: 'none' });
    expect(await group.deliver(records(1, 2, 3, 4), { handle: failAt(2) })).toEqual(['0@2']);
    expect(await group.deliver(records(1, 2, 3, 4, 9))).toEqual([]);
    expect(group.handled.slice(4)).toEqual(['order-events-0@2', 'order-events-0@9']);
    expect(group.checkpoint()).toMatchObject([{ pk: 'g/order-events-0', sk: '0', done: '1-4,9' }]);
  });

  test('is handled by another group, and by another generation', async () => {
    const group = aGroup();
    await group.deliver(records(1));
    await group.deliver(records(1), { checkpointOptions: { group: 'h' } });
    await group.deliver(records(1), { checkpointOptions: { generation: 2 } });
    expect(group.handled).toHaveLength(3);
  });

  test('is skipped once it was parked', async () => {
    const group = aGroup({
      handle: () => {
        throw new PermanentError('never');
      },
    });
    await group.deliver(records(1));
    expect(await group.deliver(records(1))).toEqual([]);
    expect(group.parked).toEqual(['order-events-0@1']);
  });

  test('twice in one batch is handled once, and reported the second time', async () => {
    const group = aGroup();
    expect(await group.deliver(records(1, 1, 2))).toEqual(['0@1']);
    expect(group.handled).toEqual(['order-events-0@1', 'order-events-0@2']);
    expect(await group.deliver(records(1, 1, 2))).toEqual([]);
  });
});

describe('a gap', () => {
  test('between records of a batch counts as done in order, because Kafka or a filter left it', async () => {
    const group = aGroup();
    await group.deliver(records(1, 4, 9));
    expect(group.checkpoint()).toMatchObject([{ done: '1-9' }]);
  });

  test('is not done in the other orderings, nor between batches', async () => {
    const group = aGroup({ ordering: 'key' });
    await group.deliver(records(1, 4));
    await group.deliver(records(7));
    expect(group.checkpoint()).toMatchObject([{ done: '1,4,7' }]);
  });

  test('ends the interval at the record that failed', async () => {
    const group = aGroup();
    expect(await group.deliver(records(1, 2, 5, 6), { handle: failAt(5) })).toEqual(['0@5', '0@6']);
    expect(group.checkpoint()).toMatchObject([{ done: '1-2' }]);
  });
});

describe('the database', () => {
  test('is read once and written ten times for 1,000 records of 10 partitions', async () => {
    const group = aGroup();
    const batch = Array.from({ length: 1_000 }, (_, index) =>
      aRecord({ partition: index % 10, offset: Math.floor(index / 10) }),
    );
    await group.deliver(batch);
    expect(group.database.requests).toEqual({ BatchGetCommand: 1, PutCommand: 10 });
    await group.deliver(batch);
    expect(group.database.requests).toEqual({ BatchGetCommand: 2, PutCommand: 10 });
  });

  test('that cannot be read fails the records, and nothing is handled', async () => {
    const group = aGroup();
    const send = () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
    expect(await group.deliver([...records(1, 2), aRecord({ partition: 1 })], { send })).toEqual([
      '0@1',
      '0@2',
      '1@0',
    ]);
    expect(group.handled).toEqual([]);
    expect(group.failures.map(({ code }) => code)).toEqual(['CHECKPOINT_FAILED', 'CHECKPOINT_FAILED']);
    expect(group.failures[0]?.message).toContain('ECONNREFUSED');
  });

  test('that cannot be written fails the records, which were handled', async () => {
    const group = aGroup();
    const send = ({ name }: { readonly name: string }) =>
      name === 'PutCommand' ? Promise.reject(new Error('secret')) : undefined;
    expect(await group.deliver(records(1, 2), { send })).toEqual(['0@1', '0@2']);
    expect(group.failures).toMatchObject([{ code: 'CHECKPOINT_FAILED', offset: 1 }]);
    expect(JSON.stringify(group.failures)).not.toContain('secret');
  });

  test('that holds what the runtime did not write fails the records', async () => {
    const group = aGroup();
    const send = ({ name }: { readonly name: string }) =>
      name === 'BatchGetCommand'
        ? Promise.resolve({
            Responses: { t: [{ pk: 'g/order-events-0', sk: '0', done: '9-1', version: 1 }] },
          })
        : undefined;
    expect(await group.deliver(records(1), { send })).toEqual(['0@1']);
    expect(group.failures).toMatchObject([{ code: 'CHECKPOINT_CORRUPT' }]);
  });

  test('is asked again for keys that it left unread', async () => {
    const group = aGroup();
    await group.deliver(records(1));
    let left = 2;
    const send = ({ name, input }: { readonly name: string; readonly input: unknown }) => {
      if (name !== 'BatchGetCommand' || left-- <= 0) return undefined;
      return Promise.resolve({ UnprocessedKeys: (input as { RequestItems: unknown }).RequestItems });
    };
    expect(await group.deliver(records(1), { send })).toEqual([]);
    expect(group.skipped).toEqual(['order-events-0@1']);
  });

  test('keeps what another environment has written meanwhile', async () => {
    const group = aGroup({ ordering: 'none' });
    await group.deliver(records(7), { handle: async () => void (await group.deliver(records(8))) });
    expect(group.checkpoint()).toMatchObject([{ done: '7-8' }]);
  });

  test('is not overwritten by who knew an item that was deleted and made again', async () => {
    let now = 1_000;
    const group = aGroup({ ordering: 'none', checkpointOptions: { now: () => now++ } });
    await group.deliver(records(1));
    const handle = async () => {
      group.database.remove('Checkpoints', { pk: 'g/order-events-0', sk: '0' });
      await group.deliver(records(3));
    };
    await group.deliver(records(5), { handle });
    expect(group.checkpoint()).toMatchObject([{ done: '3,5' }]);
  });

  test('is asked for what it has, not for what it had a moment ago', async () => {
    const inputs: unknown[] = [];
    const send = ({ input }: { readonly input: unknown }) => void inputs.push(input) as undefined;
    await aGroup({ send }).deliver(records(1));
    expect(inputs[0]).toMatchObject({ RequestItems: { Checkpoints: { ConsistentRead: true } } });
  });

  test('gets the time at which the item expires', async () => {
    const group = aGroup({ checkpointOptions: { ttl: 3_600, now: () => 10_000 } });
    await group.deliver(records(1));
    expect(group.checkpoint()).toMatchObject([{ expiresAt: 3_610 }]);
  });
});

describe('attempts', () => {
  test('are counted as far as the checkpoint knows, and start over with the next record', async () => {
    const attempts: (number | undefined)[] = [];
    const group = aGroup({
      handle: ({ attempt, offset }) => {
        attempts.push(attempt);
        if (offset === 1 && attempts.length < 3) throw new Error('not now');
      },
    });
    for (let delivery = 0; delivery < 3; delivery++) await group.deliver(records(1));
    await group.deliver(records(2));
    expect(attempts).toEqual([1, 2, 3, 1]);
    expect(group.checkpoint()[0]?.attempts).toEqual({});
  });

  test('are used up after as many as may be, and the record is parked', async () => {
    const group = aGroup({ handle: failAt(1), checkpointOptions: { parkAfter: 3 } });
    const answers = [];
    for (let delivery = 0; delivery < 3; delivery++) answers.push(await group.deliver(records(1, 2)));
    expect(answers).toEqual([['0@1', '0@2'], ['0@1', '0@2'], []]);
    expect(group.parked).toEqual(['order-events-0@1']);
  });

  test('are not known without a checkpoint', async () => {
    const attempts: unknown[] = [];
    const group = aGroup({ checkpoint: undefined, handle: ({ attempt }) => void attempts.push(attempt) });
    await group.deliver(records(1));
    expect(attempts).toEqual([undefined]);
  });
});

test('a mapping without partial responses gets the whole batch again, and what is done is not done again', async () => {
  const group = aGroup({ response: 'whole-batch' });
  const batch = [...records(1, 2, 3), aRecord({ partition: 1, offset: 7 })];
  await expect(group.deliver(batch, { handle: failAt(2) })).rejects.toMatchObject({
    code: 'BATCH_INCOMPLETE',
  });
  expect(group.handled).toEqual(['order-events-0@1', 'order-events-1@7', 'order-events-0@2']);
  expect(await group.deliver(batch)).toEqual([]);
  expect(group.handled.slice(3)).toEqual(['order-events-0@2', 'order-events-0@3']);
});
