import { Producer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKafkaSource } from '../../../local/source/kafka-source.ts';
import type { RecordSource } from '../../../local/source/record-source.ts';
import { groupJournal } from '../../local/source/support/group-journal.ts';
import { produced, texts } from '../../local/source/support/produced.ts';
import { produceWithTool } from '../support/kafka-tools.ts';
import { eventually, readRecords, readToEnd } from '../support/reading.ts';
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

async function memberOf(topic: string) {
  return source.join(topic, `reader-of-${topic}`, groupJournal().listener);
}

describe('record batches of Kafka', () => {
  test.each(['gzip', 'snappy', 'lz4', 'zstd'])(
    'are read when they are compressed with %s',
    async (compression) => {
      const topic = `compressed-${compression}`;
      await source.createTopic(topic, 1);
      const lines = Array.from({ length: 500 }, (_, index) => `order-${index}-${'x'.repeat(index % 50)}`);
      await produceWithTool(kafka, topic, { lines, compression });
      const member = await memberOf(topic);
      expect(texts(await readRecords(member, { partition: 0, offset: 0, count: 500 }))).toEqual(lines);
      const fromTheMiddle = await readRecords(member, { partition: 0, offset: 123, count: 377 });
      expect([fromTheMiddle[0]?.offset, texts(fromTheMiddle)]).toEqual([123, lines.slice(123)]);
    },
  );

  test('are read across the gaps of a compacted topic', async () => {
    await source.createTopic('compacted', 1, {
      'cleanup.policy': 'compact',
      'min.cleanable.dirty.ratio': '0.01',
      'segment.ms': '100',
      'delete.retention.ms': '0',
    });
    const generation = (value: string) =>
      ['a', 'b', 'c'].map((key) => produced(value, { key: Buffer.from(key) }));
    const member = await memberOf('compacted');
    for (const value of ['old', 'older', 'new']) {
      await source.produce('compacted', generation(value));
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await eventually(async () => {
      // A record in a new segment lets Kafka clean the ones before.
      await source.produce('compacted', [produced('tick', { key: Buffer.from('tick') })]);
      const { records } = await readToEnd(member, { partition: 0, offset: 0 });
      return !texts(records).includes('old');
    });
    const { records, nextOffset } = await readToEnd(member, { partition: 0, offset: 0 });
    const kept = records.filter((record) => record.key?.toString() !== 'tick');
    expect(texts(kept)).toEqual(['new', 'new', 'new']);
    expect(kept.map((record) => record.offset)).toEqual([6, 7, 8]);
    expect(nextOffset).toBe((await source.endOffsets('compacted')).get(0)?.end);
  });

  test('are read without the markers of transactions, with the records of aborted ones', async () => {
    await source.createTopic('transactions', 1);
    const producer = new Producer({
      clientId: 'test',
      bootstrapBrokers: kafka.bootstrap.split(','),
      transactionalId: 'test',
      idempotent: true,
    });
    const write = async (value: string, end: 'commit' | 'abort') => {
      const transaction = await producer.beginTransaction();
      const message = { topic: 'transactions', partition: 0, value: Buffer.from(value) };
      await transaction.send({ messages: [message] });
      await transaction[end]();
    };
    await write('kept', 'commit');
    await write('aborted', 'abort');
    await write('last', 'commit');
    await producer.close();
    const { records, nextOffset } = await readToEnd(await memberOf('transactions'), {
      partition: 0,
      offset: 0,
    });
    expect(records.map((record) => [record.offset, record.value?.toString()])).toEqual([
      [0, 'kept'],
      [2, 'aborted'],
      [4, 'last'],
    ]);
    expect(nextOffset).toBe(6);
  });
});
