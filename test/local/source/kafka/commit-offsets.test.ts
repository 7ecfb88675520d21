import type { Consumer } from '@platformatic/kafka';
import { expect, test } from 'vitest';
import { commitOffsets } from '../../../../local/source/kafka/commit-offsets.ts';
import type { GroupMembership } from '../../../../local/source/kafka/group-membership.ts';
import { PartitionLostError } from '../../../../local/source/record-source.ts';

/** A member that holds partition 0, and a broker that answers its commits in turn with these errors, then takes them. */
function aMember(...refusals: readonly string[]) {
  const held = new Map<number, object>([[0, {}]]);
  const sent: { readonly generation: number; readonly offset: number }[] = [];
  const left = new AbortController();
  const waiting = [...refusals];
  let generation = 1;
  let onRefused = () => {};
  const quick = {
    memberId: null as string | null,
    generationId: -1,
    commit: async ({ offsets }: { readonly offsets: readonly { readonly offset: bigint }[] }) => {
      sent.push({ generation: quick.generationId, offset: Number(offsets[0]?.offset) });
      const apiId = waiting.shift();
      if (apiId === undefined) return;
      onRefused();
      throw Object.assign(new Error('refused'), { apiId });
    },
  };
  const membership = {
    memberId: () => 'ada',
    generationId: () => generation,
    tenure: (partition: number) => held.get(partition),
  } as unknown as GroupMembership;
  const committer = {
    topic: 'orders',
    group: 'billing',
    membership,
    quick: quick as unknown as Consumer,
    left,
  };
  return {
    commit: (offset: number, partition = 0) => commitOffsets(committer, new Map([[partition, offset]])),
    refused: (what: () => void) => {
      onRefused = what;
    },
    /** Others come or go; this member may have lost the partition meanwhile, and have it again. */
    rebalance: (isLost: boolean) => {
      generation += 1;
      if (isLost) held.set(0, {});
    },
    held,
    sent,
    left,
  };
}

test('a commit waits for the rebalance that is under way, and is sent in the new generation', async () => {
  const member = aMember('REBALANCE_IN_PROGRESS');
  member.refused(() => member.rebalance(false));
  await member.commit(7);
  expect(member.sent).toEqual([
    { generation: 1, offset: 7 },
    { generation: 2, offset: 7 },
  ]);
});

test('nothing is committed of a partition that was lost and came back meanwhile: another may have read on', async () => {
  const member = aMember('ILLEGAL_GENERATION');
  member.refused(() => member.rebalance(true));
  await expect(member.commit(7)).rejects.toThrow(PartitionLostError);
  expect(member.sent).toHaveLength(1);
});

test('nothing is sent of a partition that is not held', async () => {
  const member = aMember();
  await expect(member.commit(7, 3)).rejects.toThrow(PartitionLostError);
  expect(member.sent).toEqual([]);
});

test('a broker that restarts is asked again, one that refuses is not', async () => {
  const restarting = aMember('NOT_COORDINATOR', 'COORDINATOR_LOAD_IN_PROGRESS');
  await restarting.commit(7);
  expect(restarting.sent).toHaveLength(3);
  const refusing = aMember('GROUP_AUTHORIZATION_FAILED');
  await expect(refusing.commit(7)).rejects.toThrow('refused');
  expect(refusing.sent).toHaveLength(1);
});

test('a member that leaves asks no more', async () => {
  const member = aMember(...Array(100).fill('REBALANCE_IN_PROGRESS'));
  member.refused(() => member.left.abort());
  await expect(member.commit(7)).rejects.toThrow();
  expect(member.sent).toHaveLength(1);
});
