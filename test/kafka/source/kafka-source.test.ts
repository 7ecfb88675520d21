import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKafkaSource } from '../../../local/source/kafka-source.ts';
import { partitionOfKey } from '../../../local/source/partitioner.ts';
import { OffsetOutOfRangeError, type RecordSource } from '../../../local/source/record-source.ts';
import { groupJournal } from '../../local/source/support/group-journal.ts';
import { produced, texts } from '../../local/source/support/produced.ts';
import {
  consumeWithTool,
  createTopicWithTool,
  describeGroupWithTool,
  produceWithTool,
} from '../support/kafka-tools.ts';
import { readRecords } from '../support/reading.ts';
import { type Kafka, startKafka } from '../support/start-kafka.ts';

let kafka: Kafka;
let source: RecordSource;

beforeAll(async () => {
  kafka = await startKafka();
  source = createKafkaSource({ connection: { bootstrap: kafka.bootstrap } });
});

afterAll(async () => {
  await source?.close();
  await kafka?.stop();
});

const limits = { maxRecords: 100, maxBytes: 1_000_000, maxWaitMs: 500 };

async function memberOf(topic: string, group = `reader-of-${topic}`) {
  return source.join(topic, group, groupJournal().listener);
}

describe('the Kafka source', () => {
  test('gives back what was written, with its position, time, key, value and headers', async () => {
    await source.createTopic('round-trip', 2);
    const key = Buffer.from([0xff, 0x00]);
    const headers = [
      ['trace', Buffer.from('a')],
      ['trace', null],
    ] as const;
    const positions = await source.produce('round-trip', [
      { key, value: null, headers, partition: 1, timestamp: 5_000 },
      produced('second', { partition: 1, timestamp: 6_000 }),
    ]);
    expect(positions).toEqual([
      { partition: 1, offset: 0 },
      { partition: 1, offset: 1 },
    ]);
    const at = { partition: 1, timestampType: 'CREATE_TIME' };
    const records = await readRecords(await memberOf('round-trip'), {
      partition: 1,
      offset: 0,
      count: 2,
    });
    expect(records).toEqual([
      { ...at, offset: 0, timestamp: 5_000, key, value: null, headers },
      { ...at, offset: 1, timestamp: 6_000, key: null, value: Buffer.from('second'), headers: [] },
    ]);
  });

  test('tells the time of the broker where a topic keeps that', async () => {
    await source.createTopic('append-time', 1, { 'message.timestamp.type': 'LogAppendTime' });
    const before = Date.now();
    await source.produce('append-time', [produced('x', { timestamp: 5_000 })]);
    const [record] = await readRecords(await memberOf('append-time'), {
      partition: 0,
      offset: 0,
      count: 1,
    });
    expect(record?.timestampType).toBe('LOG_APPEND_TIME');
    expect(record?.timestamp).toBeGreaterThanOrEqual(before);
  });

  test("puts keys into the partitions where Kafka's own producer puts them", async () => {
    await createTopicWithTool(kafka, 'keys', { partitions: 7 });
    const keys = Array.from({ length: 200 }, (_, index) => `${'k'.repeat(index % 9)}-${index * 7919}-ä`);
    await produceWithTool(kafka, 'keys', { lines: keys.map((key) => `${key}\tx`) });
    const member = await memberOf('keys');
    const ends = await source.endOffsets('keys');
    for (const [partition, { end }] of ends) {
      const records = await readRecords(member, { partition, offset: 0, count: end });
      for (const { key } of records) {
        expect(partitionOfKey(key ?? Buffer.alloc(0), 7)).toBe(partition);
      }
    }
    expect([...ends.values()].reduce((sum, { end }) => sum + end, 0)).toBe(200);
  });

  test("writes what Kafka's own consumer reads", async () => {
    await source.createTopic('written', 1);
    const values = Array.from({ length: 3_000 }, (_, index) => `${index}-${'x'.repeat(700)}`);
    const positions = await source.produce(
      'written',
      values.map((value) => produced(value)),
    );
    expect(positions.map(({ offset }) => offset)).toEqual([...values.keys()]);
    expect(await consumeWithTool(kafka, 'written', { count: 3_000 })).toEqual(values);
  });

  test("commits what it is told, which Kafka's own tool shows", async () => {
    await source.createTopic('committed', 2);
    await source.produce(
      'committed',
      ['a', 'b', 'c'].map((value) => produced(value, { partition: 0 })),
    );
    const member = await memberOf('committed', 'billing');
    expect(await member.committed([0, 1])).toEqual(new Map());
    await member.commit(new Map([[0, 2]]));
    expect(await member.committed([0, 1])).toEqual(new Map([[0, 2]]));
    const [row] = (await describeGroupWithTool(kafka, 'billing')).filter(({ partition }) => partition === 0);
    expect(row).toMatchObject({ topic: 'committed', committed: 2, end: 3, lag: 1 });
  });

  test('finds offsets by time, and the end where no record is as young', async () => {
    await source.createTopic('times', 2);
    const at = (timestamp: number) => produced('x', { partition: 0, timestamp });
    await source.produce('times', [at(1_000), at(3_000), at(2_000)]);
    const member = await memberOf('times');
    expect(await member.offsets([0, 1], 'earliest')).toEqual(
      new Map([
        [0, 0],
        [1, 0],
      ]),
    );
    expect(await member.offsets([0, 1], 'latest')).toEqual(
      new Map([
        [0, 3],
        [1, 0],
      ]),
    );
    expect(await member.offsets([0, 1], { timestamp: 1_500 })).toEqual(
      new Map([
        [0, 1],
        [1, 0],
      ]),
    );
    expect(await member.offsets([0], { timestamp: 9_000 })).toEqual(new Map([[0, 3]]));
  });

  test('says that an offset is out of range', async () => {
    await source.createTopic('range', 1);
    const member = await memberOf('range');
    await expect(member.fetch({ partition: 0, offset: 7, ...limits })).rejects.toThrow(OffsetOutOfRangeError);
  });

  test('brings a record at once to a partition that waits beside many others', async () => {
    await source.createTopic('waiting', 20);
    const member = await memberOf('waiting');
    const fetch = (partition: number, maxWaitMs: number) =>
      member.fetch({ partition, offset: 0, ...limits, maxWaitMs });
    const others = Array.from({ length: 19 }, (_, partition) => fetch(partition, 1_500));
    const waiting = fetch(19, 60_000);
    await source.produce('waiting', [produced('here', { partition: 19 })]);
    expect(texts((await waiting).records)).toEqual(['here']);
    expect((await Promise.all(others)).flatMap(({ records }) => records)).toEqual([]);
  });

  test('reads beside others without a trace when it may not commit', async () => {
    await source.createTopic('read-only', 1);
    await source.produce('read-only', [produced('x')]);
    const connection = { bootstrap: kafka.bootstrap };
    const readOnly = createKafkaSource({ connection, groupSuffix: '-ada', commit: false });
    const member = await readOnly.join('read-only', 'guarded', groupJournal().listener);
    expect(texts(await readRecords(member, { partition: 0, offset: 0, count: 1 }))).toEqual(['x']);
    await member.commit(new Map([[0, 1]]));
    expect(await member.committed([0])).toEqual(new Map([[0, 1]]));
    expect(await describeGroupWithTool(kafka, 'guarded-ada')).toMatchObject([{ committed: undefined }]);
    await readOnly.close();
    expect(await describeGroupWithTool(kafka, 'guarded')).toEqual([]);
  });

  test('creates a topic once, and again only as it is', async () => {
    await source.createTopic('once', 3, { 'retention.ms': '60000' });
    await source.createTopic('once', 3);
    await expect(source.createTopic('once', 4)).rejects.toThrow('topic once exists with 3 partitions, not 4');
    expect(await source.describeTopic('once')).toEqual({ name: 'once', partitions: [0, 1, 2] });
  });

  test('can write to a topic that wants more in-sync replicas than there are brokers', async () => {
    await source.createTopic('in-sync', 1, { 'min.insync.replicas': '2' });
    expect(await source.produce('in-sync', [produced('x')])).toEqual([{ partition: 0, offset: 0 }]);
  });

  test('says which topic there is not', async () => {
    expect(await source.describeTopic('nowhere')).toBeUndefined();
    const text = `topic nowhere does not exist at ${kafka.bootstrap}: create it, or correct its name`;
    await expect(source.produce('nowhere', [produced('x')])).rejects.toThrow(text);
    await expect(memberOf('nowhere')).rejects.toThrow(text);
  });

  test('says which record a topic refuses for its size', async () => {
    await source.createTopic('small', 1);
    const large = { key: null, value: Buffer.alloc(2_000_000) };
    await expect(source.produce('small', [large])).rejects.toThrow(
      /topic small refuses a record of about 2000\d{3} bytes: raise its max.message.bytes/,
    );
    expect(await source.produce('small', [produced('fits')])).toEqual([{ partition: 0, offset: 0 }]);
  });
});
