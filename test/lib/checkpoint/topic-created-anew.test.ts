import { describe, expect, test } from 'vitest';
import { aRecord } from '../../../lib/testing/index.ts';
import { aGroup } from './support/a-group.ts';

const records = (...offsets: readonly number[]) =>
  offsets.map((offset) => aRecord({ offset, timestamp: 1_000 }));
const failAt =
  (...offsets: readonly number[]) =>
  ({ offset }: { readonly offset: number }) => {
    if (offsets.includes(offset)) throw new Error('not now');
  };

describe('a topic that was created anew', () => {
  test('is known by a record that is younger than all that were done, and starts over', async () => {
    const group = aGroup();
    await group.deliver(records(0, 1, 2));
    const young = [0, 1].map((offset) => aRecord({ offset, timestamp: 5_000 }));
    await group.deliver(young);
    expect(group.handled).toHaveLength(5);
    expect(group.checkpoint()).toMatchObject([{ done: '0-1', epoch: 1, latest: 5_000 }]);
  });

  test('is known before its offsets reach what was done of the old one', async () => {
    const group = aGroup();
    await group.deliver(records(100, 101));
    await group.deliver([aRecord({ offset: 0, timestamp: 5_000 })]);
    await group.deliver([aRecord({ offset: 100, timestamp: 5_000 })]);
    expect(group.handled).toEqual([
      'order-events-0@100',
      'order-events-0@101',
      'order-events-0@0',
      'order-events-0@100',
    ]);
  });

  test('is not seen in a record that failed while older ones of its batch were done', async () => {
    const group = aGroup({ ordering: 'none' });
    const batch = [aRecord({ offset: 1, timestamp: 9_000 }), aRecord({ offset: 2, timestamp: 1_000 })];
    await group.deliver(batch, { handle: failAt(1) });
    await group.deliver(batch);
    expect(group.handled).toEqual(['order-events-0@1', 'order-events-0@2', 'order-events-0@1']);
  });

  describe('while an environment still handles records of the old one', () => {
    const young = (...offsets: readonly number[]) =>
      offsets.map((offset) => aRecord({ offset, timestamp: 5_000 }));

    test('keeps that environment from writing what would look done of the new one', async () => {
      const group = aGroup();
      await group.deliver(records(0, 1, 2));
      const late = { handle: async () => void (await group.deliver(young(0, 1))) };
      expect(await group.deliver(records(5), late)).toEqual(['0@5']);
      expect(group.failures).toMatchObject([{ code: 'CHECKPOINT_CONFLICT', offset: 5 }]);
      expect(await group.deliver(young(5))).toEqual([]);
      expect(group.handled.filter((position) => position.endsWith('@5'))).toHaveLength(2);
    });

    test('starts over also where that environment writes in between', async () => {
      const group = aGroup();
      await group.deliver(records(0, 1, 2));
      const late = { handle: async () => void (await group.deliver(records(3))) };
      expect(await group.deliver(young(0), late)).toEqual([]);
      expect(group.checkpoint()).toMatchObject([{ done: '0', epoch: 1, latest: 5_000 }]);
    });

    test('is seen by an environment that began before anything was known', async () => {
      const group = aGroup();
      const late = { handle: async () => void (await group.deliver(records(0, 1))) };
      expect(await group.deliver(young(0, 1), late)).toEqual(['0@0', '0@1']);
      expect(await group.deliver(young(0, 1))).toEqual([]);
      expect(group.checkpoint()).toMatchObject([{ done: '0-1', epoch: 1 }]);
    });
  });
});
