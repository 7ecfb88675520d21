import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKafkaSource } from '../../../local/source/kafka-source.ts';
import {
  type GroupMember,
  PartitionLostError,
  type RecordSource,
} from '../../../local/source/record-source.ts';
import { groupJournal } from '../../local/source/support/group-journal.ts';
import { produced, texts } from '../../local/source/support/produced.ts';
import { eventually, readRecords } from '../support/reading.ts';
import { type Kafka, startKafka } from '../support/start-kafka.ts';

let kafka: Kafka;
let source: RecordSource;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 3 });
  source = createKafkaSource({ connection: { bootstrap: kafka.bootstrap } });
});

afterAll(async () => {
  await source?.close();
  await kafka?.stop();
});

const partitions = [0, 1, 2];

async function reading(topic: string) {
  await source.createTopic(topic, partitions.length);
  const journal = groupJournal();
  return { ...journal, member: await source.join(topic, `readers-of-${topic}`, journal.listener) };
}

function writeToEach(topic: string, value: string) {
  return source.produce(
    topic,
    partitions.map((partition) => produced(value, { partition })),
  );
}

async function readFromEach(member: GroupMember, offset: number) {
  const read = partitions.map((partition) => readRecords(member, { partition, offset, count: 1 }));
  return (await Promise.all(read)).map((records) => texts(records)[0]);
}

/** A member whom the group missed for too long has lost its partitions, and gets them again. */
async function commitEventually(member: GroupMember, offset: number) {
  const offsets = new Map(partitions.map((partition) => [partition, offset]));
  await eventually(() =>
    member.commit(offsets).then(
      () => true,
      (error: unknown) => {
        if (error instanceof PartitionLostError) {
          return false;
        }
        throw error;
      },
    ),
  );
}

describe('a Kafka in trouble', () => {
  test('is read and committed on while one broker after the other dies and comes back', async () => {
    const { member } = await reading('brokers-die');
    await writeToEach('brokers-die', 'before');
    expect(await readFromEach(member, 0)).toEqual(['before', 'before', 'before']);
    // Each of them leads partitions, and one coordinates the group.
    for (const broker of [1, 2, 3]) {
      await kafka.kill(broker);
      await writeToEach('brokers-die', `without ${broker}`);
      expect(await readFromEach(member, broker)).toEqual(Array(3).fill(`without ${broker}`));
      await commitEventually(member, broker + 1);
      await kafka.restart(broker);
    }
    expect(await member.committed(partitions)).toEqual(
      new Map(partitions.map((partition) => [partition, 4])),
    );
  });

  test('is read on, and keeps its commits, when every broker restarts', async () => {
    const { member, held } = await reading('restarts');
    await writeToEach('restarts', 'before');
    await member.commit(new Map(partitions.map((partition) => [partition, 1])));
    for (const broker of [1, 2, 3]) {
      await kafka.kill(broker);
    }
    const waiting = readFromEach(member, 1);
    await Promise.all([1, 2, 3].map((broker) => kafka.restart(broker)));
    await writeToEach('restarts', 'after');
    expect(await waiting).toEqual(['after', 'after', 'after']);
    await eventually(() => held().length === 3);
    await member.commit(new Map([[0, 2]]));
    expect(await member.committed(partitions)).toEqual(
      new Map([
        [0, 2],
        [1, 1],
        [2, 1],
      ]),
    );
  });

  test('is named when nobody is there', async () => {
    const nobody = createKafkaSource({ connection: { bootstrap: '127.0.0.1:1' } });
    await expect(nobody.describeTopic('orders')).rejects.toThrow(
      /^cannot reach Kafka at 127\.0\.0\.1:1: .*ECONNREFUSED.*; is a broker listening there\?$/,
    );
    await expect(nobody.join('orders', 'billing', groupJournal().listener)).rejects.toThrow('127.0.0.1:1');
    await nobody.close();
  });
});
