import type { ClusterMetadata, ExtendedGroupProtocolSubscription } from '@platformatic/kafka';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cooperativeAssigner } from '../../../../local/source/kafka/cooperative-assigner.ts';

function member(memberId: string, fields: Partial<ExtendedGroupProtocolSubscription> = {}) {
  return { memberId, version: 3, topics: ['orders'], generationId: 1, ...fields };
}

const owning = (...partitions: number[]) => ({ ownedPartitions: [{ topic: 'orders', partitions }] });

function metadataOf(counts: Readonly<Record<string, number>>): ClusterMetadata {
  const topics: ClusterMetadata['topics'] = new Map();
  for (const [name, partitionsCount] of Object.entries(counts)) {
    topics.set(name, { id: name, partitions: [], partitionsCount, lastUpdate: 0 });
  }
  return { id: 'test', brokers: new Map(), controllerId: 1, lastUpdate: 0, topics };
}

function assign(
  members: readonly ExtendedGroupProtocolSubscription[],
  counts: Readonly<Record<string, number>>,
) {
  const byId = new Map(members.map((one) => [one.memberId, one]));
  const assigned = cooperativeAssigner('leader', byId, new Set(['orders']), metadataOf(counts));
  return Object.fromEntries(
    assigned.map(({ memberId, assignments }) => [memberId, assignments.get('orders')?.partitions ?? []]),
  );
}

describe('the cooperative assigner', () => {
  test('gives a partition that moves to nobody until its holder has given it up', () => {
    const holder = member('a', owning(0, 1, 2, 3));
    expect(assign([holder, member('b')], { orders: 4 })).toEqual({ a: [0, 1], b: [] });
    expect(assign([member('a', owning(0, 1)), member('b')], { orders: 4 })).toEqual({ a: [0, 1], b: [2, 3] });
  });

  test('believes of two holders the one who was in the group last', () => {
    const late = member('a', { ...owning(0, 1), generationId: 3 });
    const now = member('b', { ...owning(1), generationId: 7 });
    expect(assign([late, now], { orders: 2 })).toEqual({ a: [0], b: [1] });
  });

  test('gives a topic only to members that subscribe to it', () => {
    const other = member('b', { topics: ['returns'] });
    expect(assign([member('a'), other], { orders: 3, returns: 3 })).toEqual({ a: [0, 1, 2], b: [] });
  });

  test('gives every partition away within two rounds, and none to two members', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.array(fc.array(fc.integer({ min: 0, max: 25 })), { minLength: 1, maxLength: 6 }),
        (count, claims) => {
          let members = claims.map((owned, at) =>
            member(`m${at}`, { ...owning(...new Set(owned)), generationId: at }),
          );
          for (let round = 0; round < 2; round += 1) {
            const given = assign(members, { orders: count });
            const all = Object.values(given).flat();
            expect(new Set(all).size).toBe(all.length);
            members = members.map((one) => member(one.memberId, owning(...(given[one.memberId] ?? []))));
          }
          const held = members.flatMap(
            (one) => one.ownedPartitions?.flatMap(({ partitions }) => partitions) ?? [],
          );
          expect(held.sort((one, other) => one - other)).toEqual([...Array(count).keys()]);
        },
      ),
    );
  });
});
