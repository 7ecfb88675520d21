import { describe, expect, test } from 'vitest';
import { createEmbeddedSource } from '../../../local/source/embedded-source.ts';
import { PartitionLostError } from '../../../local/source/record-source.ts';
import { groupJournal } from './support/group-journal.ts';
import { manualClock } from './support/manual-clock.ts';
import { produced } from './support/produced.ts';

async function topicOf(partitions: number) {
  const source = createEmbeddedSource({ clock: manualClock() });
  await source.createTopic('orders', partitions);
  const joined = async (group: string) => {
    const journal = groupJournal();
    return { ...journal, member: await source.join('orders', group, journal.listener) };
  };
  return { source, joined };
}

describe('consumer groups on the embedded source', () => {
  test('give every partition to a member that is alone', async () => {
    const { joined } = await topicOf(3);
    expect((await joined('billing')).entries).toEqual(['assigned 0 1 2']);
  });

  test('share the partitions among members and tell only what moves', async () => {
    const { joined } = await topicOf(4);
    const one = await joined('billing');
    const two = await joined('billing');
    expect(one.entries).toEqual(['assigned 0 1 2 3', 'revoked 2 3']);
    expect(two.entries).toEqual(['assigned 2 3']);
    await one.member.leave();
    expect(two.entries).toEqual(['assigned 2 3', 'assigned 0 1']);
  });

  test('tell a member beyond the number of partitions that it has none', async () => {
    const { joined } = await topicOf(1);
    await joined('billing');
    expect((await joined('billing')).entries).toEqual(['assigned']);
  });

  test('keep their commits apart', async () => {
    const { joined } = await topicOf(2);
    const billing = await joined('billing');
    const inventory = await joined('inventory');
    await billing.member.commit(new Map([[1, 7]]));
    expect(await billing.member.committed([0, 1])).toEqual(new Map([[1, 7]]));
    expect(await inventory.member.committed([0, 1])).toEqual(new Map());
  });

  test('keep commits for a member that joins later', async () => {
    const { joined } = await topicOf(1);
    const first = await joined('billing');
    await first.member.commit(new Map([[0, 3]]));
    await first.member.leave();
    expect(await (await joined('billing')).member.committed([0])).toEqual(new Map([[0, 3]]));
  });

  test('refuse the commit of a partition that moved to another member, and take what came with it', async () => {
    const { joined } = await topicOf(2);
    const one = await joined('billing');
    const two = await joined('billing');
    await expect(
      one.member.commit(
        new Map([
          [0, 5],
          [1, 5],
        ]),
      ),
    ).rejects.toThrow(PartitionLostError);
    expect(await two.member.committed([0, 1])).toEqual(new Map([[0, 5]]));
  });

  test('share out partitions that were added', async () => {
    const { source, joined } = await topicOf(2);
    const one = await joined('billing');
    const two = await joined('billing');
    source.addPartitions('orders', 5);
    expect([...one.held(), ...two.held()].sort()).toEqual([0, 1, 2, 3, 4]);
    expect((await source.describeTopic('orders'))?.partitions).toEqual([0, 1, 2, 3, 4]);
  });

  test('end the waiting fetch of a member that leaves', async () => {
    const { joined } = await topicOf(1);
    const { member } = await joined('billing');
    const waiting = member.fetch({ partition: 0, offset: 0, maxRecords: 1, maxBytes: 1, maxWaitMs: 60_000 });
    await member.leave();
    expect((await waiting).records).toEqual([]);
  });

  test('lose their partitions with a topic that is deleted', async () => {
    const { source, joined } = await topicOf(2);
    const { entries, member } = await joined('billing');
    source.deleteTopic('orders');
    expect(entries).toEqual(['assigned 0 1', 'revoked 0 1', 'trouble topic orders was deleted']);
    await expect(member.offsets([0], 'latest')).rejects.toThrow('the topic was deleted');
    await expect(source.produce('orders', [produced('x')])).rejects.toThrow(
      'topic orders does not exist on the embedded source; topics there: none',
    );
  });
});
