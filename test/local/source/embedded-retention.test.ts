import { describe, expect, test } from 'vitest';
import { createEmbeddedSource } from '../../../local/source/embedded-source.ts';
import { OffsetOutOfRangeError } from '../../../local/source/record-source.ts';
import { groupJournal } from './support/group-journal.ts';
import { manualClock } from './support/manual-clock.ts';
import { produced } from './support/produced.ts';

const ten = Array.from({ length: 10 }, (_, index) => produced(`r${index}`));
const limits = { maxRecords: 100, maxBytes: 1_000_000, maxWaitMs: 0 };

async function fullTopic() {
  const clock = manualClock();
  const source = createEmbeddedSource({ clock, retention: { maxRecords: 10, maxWaitMs: 1_000 } });
  await source.createTopic('orders', 1);
  await source.produce('orders', ten);
  return { clock, source };
}

describe('the memory of the embedded source', () => {
  test('refuses a record at the limit when nobody reads the topic', async () => {
    const { source } = await fullTopic();
    await expect(source.produce('orders', [produced('more')])).rejects.toThrow(
      /topic orders is full: it keeps 10 records, \d+ bytes of at most 10 records .*nobody reads it; raise the retention/,
    );
  });

  test('drops what every group has committed and nothing else', async () => {
    const { source } = await fullTopic();
    const billing = await source.join('orders', 'billing', groupJournal().listener);
    const inventory = await source.join('orders', 'inventory', groupJournal().listener);
    await billing.commit(new Map([[0, 8]]));
    await inventory.commit(new Map([[0, 3]]));
    await source.produce('orders', [produced('more')]);
    expect((await source.endOffsets('orders')).get(0)).toEqual({ earliest: 3, end: 11 });
    await expect(billing.fetch({ partition: 0, offset: 2, ...limits })).rejects.toThrow(
      OffsetOutOfRangeError,
    );
    expect((await billing.fetch({ partition: 0, offset: 3, ...limits })).records).toHaveLength(8);
  });

  test('forgets what is committed before the topic is full, so that memory stays flat', async () => {
    const source = createEmbeddedSource({ retention: { committedBytes: 500 } });
    await source.createTopic('orders', 1);
    const billing = await source.join('orders', 'billing', groupJournal().listener);
    for (let round = 1; round <= 20; round += 1) {
      await source.produce('orders', ten);
      await billing.commit(new Map([[0, round * 10]]));
    }
    expect((await source.endOffsets('orders')).get(0)?.earliest).toBeGreaterThan(180);
  });

  test('is its own: a producer may use its buffer again', async () => {
    const source = createEmbeddedSource();
    await source.createTopic('orders', 1);
    const value = Buffer.from('before');
    await source.produce('orders', [{ key: null, value }]);
    value.write('after!');
    const member = await source.join('orders', 'billing', groupJournal().listener);
    const { records } = await member.fetch({ partition: 0, offset: 0, ...limits });
    expect(records[0]?.value?.toString()).toBe('before');
  });

  test('lets a producer wait until a group has committed', async () => {
    const { source } = await fullTopic();
    const billing = await source.join('orders', 'billing', groupJournal().listener);
    const waiting = source.produce('orders', ten);
    await billing.commit(new Map([[0, 6]]));
    await billing.commit(new Map([[0, 10]]));
    expect((await waiting).at(-1)).toEqual({ partition: 0, offset: 19 });
  });

  test('stops a producer that no group makes room for in time', async () => {
    const { clock, source } = await fullTopic();
    await source.join('orders', 'billing', groupJournal().listener);
    const waiting = source.produce('orders', ten);
    clock.advance(1_000);
    await expect(waiting).rejects.toThrow('its groups (billing) have not committed enough in 1000 ms');
  });

  test('takes 10,000 partitions', async () => {
    const source = createEmbeddedSource();
    await source.createTopic('orders', 10_000);
    const journal = groupJournal();
    await source.join('orders', 'billing', journal.listener);
    expect(journal.held()).toHaveLength(10_000);
  });
});

describe('topics of the embedded source', () => {
  test('are created once, and again only as they are', async () => {
    const source = createEmbeddedSource();
    await source.createTopic('orders', 3);
    await source.createTopic('orders', 3);
    await expect(source.createTopic('orders', 4)).rejects.toThrow(
      'topic orders exists with 3 partitions, not 4',
    );
    expect(await source.describeTopic('orders')).toEqual({ name: 'orders', partitions: [0, 1, 2] });
    expect(await source.describeTopic('other')).toBeUndefined();
  });

  test.each(['', 'a b', '..', 'x'.repeat(250)])('cannot be named %j', async (name) => {
    await expect(createEmbeddedSource().createTopic(name, 1)).rejects.toThrow('is no topic name');
  });

  test.each([0, 1.5, 100_001])('cannot have %d partitions', async (partitions) => {
    await expect(createEmbeddedSource().createTopic('orders', partitions)).rejects.toThrow(
      '1 to 100000 are allowed',
    );
  });

  test('refuse a record for a partition they do not have', async () => {
    const source = createEmbeddedSource();
    await source.createTopic('orders', 2);
    await expect(source.produce('orders', [produced('x', { partition: 2 })])).rejects.toThrow(
      'no partition 2 in topic orders: it has partitions 0 to 1',
    );
  });
});
