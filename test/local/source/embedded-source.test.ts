import { describe, expect, test } from 'vitest';
import { createEmbeddedSource, type EmbeddedSourceOptions } from '../../../local/source/embedded-source.ts';
import { OffsetOutOfRangeError } from '../../../local/source/record-source.ts';
import { groupJournal } from './support/group-journal.ts';
import { manualClock } from './support/manual-clock.ts';
import { produced, texts } from './support/produced.ts';

const limits = { maxRecords: 100, maxBytes: 1_000_000, maxWaitMs: 0 };

async function sourceWith(partitions: number, options: EmbeddedSourceOptions = {}) {
  const source = createEmbeddedSource(options);
  await source.createTopic('orders', partitions);
  const journal = groupJournal();
  const member = await source.join('orders', 'billing', journal.listener);
  return { source, member, journal };
}

describe('the embedded source', () => {
  test('gives back what was written, with its position, time, key, value and headers', async () => {
    const clock = manualClock(5_000);
    const { source, member } = await sourceWith(1, { clock });
    const key = Buffer.from([0xff, 0x00]);
    await source.produce('orders', [
      {
        key,
        value: null,
        headers: [
          ['trace', Buffer.from('a')],
          ['trace', null],
        ],
      },
      produced('later', { timestamp: 4_000 }),
    ]);
    expect(await member.fetch({ partition: 0, offset: 0, ...limits })).toEqual({
      partition: 0,
      nextOffset: 2,
      endOffset: 2,
      records: [
        {
          partition: 0,
          offset: 0,
          timestamp: 5_000,
          timestampType: 'CREATE_TIME',
          key,
          value: null,
          headers: [
            ['trace', Buffer.from('a')],
            ['trace', null],
          ],
        },
        {
          partition: 0,
          offset: 1,
          timestamp: 4_000,
          timestampType: 'CREATE_TIME',
          key: null,
          value: Buffer.from('later'),
          headers: [],
        },
      ],
    });
  });

  test('keeps the records of a key in one partition and sends records without a key round', async () => {
    const { source } = await sourceWith(3);
    const keyed = await source.produce(
      'orders',
      Array(4).fill(produced('x', { key: Buffer.from('o-1001') })),
    );
    expect(new Set(keyed.map((position) => position.partition)).size).toBe(1);
    const keyless = await source.produce('orders', Array(6).fill(produced('x')));
    expect(keyless.map((position) => position.partition)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('brings records up to the limits of a fetch, and one at least', async () => {
    const { source, member } = await sourceWith(1);
    await source.produce(
      'orders',
      ['aaaa', 'bbbb', 'cccc'].map((value) => produced(value)),
    );
    const two = await member.fetch({ partition: 0, offset: 0, ...limits, maxRecords: 2 });
    expect([texts(two.records), two.nextOffset]).toEqual([['aaaa', 'bbbb'], 2]);
    const one = await member.fetch({ partition: 0, offset: 1, ...limits, maxBytes: 1 });
    expect([texts(one.records), one.nextOffset]).toEqual([['bbbb'], 2]);
  });

  test('reads across thousands of records from any offset', async () => {
    const { source, member } = await sourceWith(1);
    await source.produce(
      'orders',
      Array.from({ length: 5_000 }, (_, index) => produced(String(index))),
    );
    for (const offset of [0, 1_023, 1_024, 3_333, 4_999]) {
      const { records } = await member.fetch({ partition: 0, offset, ...limits, maxRecords: 10_000 });
      expect([records[0]?.offset, records.length]).toEqual([offset, 5_000 - offset]);
    }
  });

  test('wakes a waiting fetch as soon as a record arrives', async () => {
    const { source, member } = await sourceWith(2, { clock: manualClock() });
    const waiting = member.fetch({ partition: 1, offset: 0, ...limits, maxWaitMs: 60_000 });
    await source.produce('orders', [produced('elsewhere', { partition: 0 })]);
    await source.produce('orders', [produced('one', { partition: 1 }), produced('two', { partition: 1 })]);
    expect(texts((await waiting).records)).toEqual(['one', 'two']);
  });

  test('ends a waiting fetch without records when its time is over', async () => {
    const clock = manualClock();
    const { member } = await sourceWith(1, { clock });
    const waiting = member.fetch({ partition: 0, offset: 0, ...limits, maxWaitMs: 500 });
    clock.advance(500);
    expect(await waiting).toEqual({ partition: 0, records: [], nextOffset: 0, endOffset: 0 });
  });

  test('says that an offset is out of range when it lies beyond the end', async () => {
    const { source, member } = await sourceWith(1);
    await source.produce('orders', [produced('x')]);
    await expect(member.fetch({ partition: 0, offset: 2, ...limits })).rejects.toThrow(OffsetOutOfRangeError);
    await expect(member.fetch({ partition: 0, offset: 2, ...limits })).rejects.toThrow(
      'offset 2 is out of range in orders-0',
    );
  });

  test('moves over offsets without a record', async () => {
    const { source, member } = await sourceWith(1);
    await source.produce('orders', [produced('a')]);
    source.skipOffsets('orders', 0, 5);
    await source.produce('orders', [produced('b')]);
    source.skipOffsets('orders', 0, 1);
    const first = await member.fetch({ partition: 0, offset: 0, ...limits, maxRecords: 1 });
    expect([texts(first.records), first.nextOffset]).toEqual([['a'], 1]);
    const inTheGap = await member.fetch({ partition: 0, offset: 3, ...limits });
    expect([inTheGap.records.map((record) => record.offset), inTheGap.nextOffset]).toEqual([[6], 7]);
    const tail = await member.fetch({ partition: 0, offset: 7, ...limits });
    expect([tail.records, tail.nextOffset, tail.endOffset]).toEqual([[], 8, 8]);
  });

  test('finds the earliest offset, the end and the first record at or after a time', async () => {
    const { source, member } = await sourceWith(1);
    await source.produce(
      'orders',
      [100, 300, 200].map((timestamp) => produced('x', { timestamp })),
    );
    const at = async (when: Parameters<typeof member.offsets>[1]) => (await member.offsets([0], when)).get(0);
    expect(await at('earliest')).toBe(0);
    expect(await at('latest')).toBe(3);
    expect(await at({ timestamp: 150 })).toBe(1);
    expect(await at({ timestamp: 301 })).toBe(3);
    expect((await source.endOffsets('orders')).get(0)).toEqual({ earliest: 0, end: 3 });
  });
});
