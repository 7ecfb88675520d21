import { describe, expect, test } from 'vitest';
import { type EffectWrite, transact } from '../../../lib/checkpoint/dynamodb/index.ts';
import { PermanentError } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { addOne, aGroup, putOnce } from './support/a-group.ts';

const records = (...offsets: readonly number[]) =>
  offsets.map((offset) => aRecord({ offset, timestamp: 1_000 }));
const counted = ({ offset }: { readonly offset: number }) => transact([addOne(`r${offset}`)]);

describe('the effects of a lane', () => {
  test('are written in one transaction with the checkpoint', async () => {
    const group = aGroup({ handle: counted });
    expect(await group.deliver(records(1, 2, 3))).toEqual([]);
    expect(group.database.requests).toEqual({ BatchGetCommand: 1, TransactWriteCommand: 1 });
    expect([1, 2, 3].map((offset) => group.applied(`r${offset}`))).toEqual([1, 1, 1]);
  });

  test('are split where they are more than 99', async () => {
    const group = aGroup({ handle: counted });
    await group.deliver(records(...Array.from({ length: 250 }, (_, offset) => offset)));
    expect(group.database.requests.TransactWriteCommand).toBe(3);
    expect(group.applied('r249')).toBe(1);
  });

  test('are split where they are larger than a transaction may be', async () => {
    const large = ({ offset }: { readonly offset: number }): EffectWrite => ({
      Put: { TableName: 'Effects', Item: { id: `r${offset}`, applied: 1, body: 'x'.repeat(390_000) } },
    });
    const group = aGroup({ handle: (record) => transact([large(record)]) });
    await group.deliver(records(...Array.from({ length: 16 }, (_, offset) => offset)));
    expect(group.database.requests.TransactWriteCommand).toBe(2);
  });

  test('are split where two records touch one item', async () => {
    const group = aGroup({ handle: () => transact([addOne('shared')]) });
    await group.deliver(records(1, 2, 3));
    expect(group.applied('shared')).toBe(3);
    expect(group.database.requests.TransactWriteCommand).toBe(3);
  });

  test('are tried in halves where nobody knows that two records put one item', async () => {
    const put = (id: string) => transact([{ Put: { TableName: 'Effects', Item: { id, applied: 1 } } }]);
    const group = aGroup({ handle: ({ offset }) => put(offset % 2 === 0 ? 'even' : `r${offset}`) });
    expect(await group.deliver(records(1, 2, 3, 4, 5))).toEqual([]);
    expect(['even', 'r1', 'r3', 'r5'].map(group.applied)).toEqual([1, 1, 1, 1]);
  });

  test('are split at once where the keys of the table are given', async () => {
    const group = aGroup({
      handle: () => transact([{ Put: { TableName: 'Effects', Item: { id: 'one', applied: 1 } } }]),
      checkpointOptions: { keys: { Effects: ['id'] } },
    });
    await group.deliver(records(1, 2));
    expect(group.database.requests.TransactWriteCommand).toBe(2);
  });
});

describe('effects that cannot be written', () => {
  test('of one record above the limits are permanent', async () => {
    const many = Array.from({ length: 100 }, (_, index) => addOne(`e${index}`));
    const group = aGroup({ handle: ({ offset }) => transact(offset === 2 ? many : [addOne(`r${offset}`)]) });
    expect(await group.deliver(records(1, 2, 3))).toEqual([]);
    expect(group.parked).toEqual(['order-events-0@2']);
    expect([group.applied('r1'), group.applied('e1'), group.applied('r3')]).toEqual([1, undefined, 1]);
  });

  test('because a record touches one item twice fail that record alone', async () => {
    const group = aGroup({
      ordering: 'none',
      handle: ({ offset }) => transact(offset === 2 ? [addOne('x'), addOne('x')] : [addOne(`r${offset}`)]),
    });
    expect(await group.deliver(records(1, 2, 3))).toEqual(['0@2']);
    expect(group.failures).toMatchObject([{ code: 'EFFECTS_REFUSED', offset: 2 }]);
    expect([group.applied('r1'), group.applied('x'), group.applied('r3')]).toEqual([1, undefined, 1]);
  });

  test.each([
    ['a list', () => [addOne('x')]],
    ['a value of type object', () => ({ TransactItems: [addOne('x')] })],
    ['a value of type boolean', () => true],
  ])('because handle returned %s are an error, not a silent success', async (got, handle) => {
    const group = aGroup({ handle });
    expect(await group.deliver(records(1))).toEqual(['0@1']);
    expect(group.failures).toMatchObject([{ code: 'INVALID_RESULT' }]);
    expect(group.failures[0]?.message).toContain(`handle returned ${got}`);
  });

  test('because there is no checkpoint are an error', async () => {
    const group = aGroup({ handle: counted, checkpoint: undefined });
    expect(await group.deliver(records(1))).toEqual(['0@1']);
    expect(group.failures).toMatchObject([{ code: 'INVALID_RESULT' }]);
  });

  test.each([
    ['no list', 'x', 'expected a list'],
    ['an entry of two kinds', [{ ...addOne('x'), ...putOnce('x') }], 'entry 0 has Put and Update'],
    ['an entry of none', [addOne('x'), {}], 'entry 1 has a value of type object'],
    ['an entry without a table', [{ Delete: { Key: { id: 'x' } } }], 'entry 0 has no TableName'],
  ])('because transact was given %s are an error that says so', (_, writes, message) => {
    expect(() => transact(writes as never)).toThrow(message);
  });
});

describe('a condition of the handler that does not hold', () => {
  const once = (offset: number, onConditionFailed?: () => ReturnType<typeof counted> | undefined) =>
    transact([addOne(`r${offset}`), putOnce('taken')], onConditionFailed && { onConditionFailed });

  test('fails its record, and in order what is behind it, when there is no policy', async () => {
    const group = aGroup({ handle: ({ offset }) => (offset === 9 ? counted({ offset }) : once(offset)) });
    await group.deliver(records(0));
    expect(await group.deliver(records(1, 9))).toEqual(['0@1', '0@9']);
    expect(group.failures).toMatchObject([{ code: 'CONDITION_FAILED', offset: 1 }]);
    expect(group.applied('r9')).toBeUndefined();
  });

  test('reports what is behind it also where that was done before', async () => {
    const group = aGroup({ handle: ({ offset }) => (offset === 1 ? once(1) : counted({ offset })) });
    await group.deliver(records(2), { handle: () => transact([putOnce('taken')]) });
    expect(await group.deliver(records(1, 2, 3))).toEqual(['0@1', '0@2', '0@3']);
    expect(group.applied('r3')).toBeUndefined();
  });

  test('keeps a record behind it from being parked, which comes again too', async () => {
    const group = aGroup({
      handle: ({ offset }) => {
        if (offset === 2) throw new PermanentError('never');
        return once(offset);
      },
    });
    await group.deliver(records(0));
    expect(await group.deliver(records(1, 2))).toEqual(['0@1', '0@2']);
    expect(group.parked).toEqual([]);
  });

  test('leaves the records of other keys alone', async () => {
    const group = aGroup({
      ordering: 'key',
      handle: ({ offset }) => (offset === 1 ? once(1) : counted({ offset })),
    });
    await group.deliver(records(50), { handle: () => transact([putOnce('taken')]) });
    const keyed = [1, 2, 3].map((offset) =>
      aRecord({ offset, timestamp: 1_000, key: offset === 2 ? 'b' : 'a' }),
    );
    expect(await group.deliver(keyed)).toEqual(['0@1', '0@3']);
    expect([1, 2, 3].map((offset) => group.applied(`r${offset}`))).toEqual([undefined, 1, undefined]);
  });

  test('reaches the policy, which may write something else, nothing, or give the record up', async () => {
    const policies = [
      () => transact([addOne('instead')]),
      () => undefined,
      () => {
        throw new PermanentError('taken');
      },
    ];
    const group = aGroup({ handle: ({ offset }) => once(offset, policies[offset - 1]) });
    await group.deliver(records(0));
    expect(await group.deliver(records(1, 2, 3))).toEqual([]);
    expect(group.applied('instead')).toBe(1);
    expect(group.parked).toEqual(['order-events-0@3']);
    expect([0, 1, 2, 3].map((offset) => group.applied(`r${offset}`))).toEqual([
      1,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('is told to the policy by the place of the write', async () => {
    const told: unknown[] = [];
    const group = aGroup({
      handle: () =>
        transact([addOne('first'), putOnce('taken')], {
          onConditionFailed: ({ failed, reasons, round }) => {
            told.push([...failed], reasons.get(1)?.code, round);
            return undefined;
          },
        }),
    });
    await group.deliver(records(0, 1));
    expect(told).toEqual([[1], 'ConditionalCheckFailed', 1]);
  });

  test('is not asked about for ever', async () => {
    const group = aGroup({ handle: () => again() });
    const again = (): ReturnType<typeof transact> =>
      transact([putOnce('taken')], { onConditionFailed: again });
    await group.deliver(records(0));
    expect(await group.deliver(records(1))).toEqual(['0@1']);
    expect(group.failures).toMatchObject([{ code: 'CONDITION_FAILED' }]);
  });
});
