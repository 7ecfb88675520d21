import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKafkaSource } from '../../../local/source/kafka-source.ts';
import { PartitionLostError, type RecordSource } from '../../../local/source/record-source.ts';
import { groupJournal } from '../../local/source/support/group-journal.ts';
import { produced, texts } from '../../local/source/support/produced.ts';
import { addPartitionsWithTool, deleteTopicWithTool } from '../support/kafka-tools.ts';
import { eventually, readRecords } from '../support/reading.ts';
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

async function joined(topic: string, group = `readers-of-${topic}`) {
  const journal = groupJournal();
  return { ...journal, member: await source.join(topic, group, journal.listener) };
}

const upTo = (count: number) => Array.from({ length: count }, (_, partition) => partition);

describe('consumer groups on Kafka', () => {
  test('share partitions, keep what need not move, and give up what does before another has it', async () => {
    await source.createTopic('shared', 4);
    const one = await joined('shared');
    expect(one.entries).toEqual(['assigned 0 1 2 3']);
    const two = await joined('shared');
    await eventually(() => one.held().length === 2 && two.held().length === 2);
    expect([...one.held(), ...two.held()].sort()).toEqual(upTo(4));
    expect(one.entries).toHaveLength(2);
    await one.member.leave();
    await eventually(() => two.held().length === 4);
    expect(two.entries.filter((entry) => entry.startsWith('revoked'))).toEqual([]);
  });

  test('neither commit nor lose what was in flight in a partition that moved', async () => {
    await source.createTopic('in-flight', 2);
    await source.produce(
      'in-flight',
      upTo(2).map((partition) => produced('x', { partition })),
    );
    const one = await joined('in-flight');
    await Promise.all(
      upTo(2).map((partition) => readRecords(one.member, { partition, offset: 0, count: 1 })),
    );
    const two = await joined('in-flight');
    await eventually(() => two.held().length === 1);
    const [moved = -1] = two.held();
    const both = new Map([moved, 1 - moved].map((partition) => [partition, 1]));
    await expect(one.member.commit(both)).rejects.toThrow(PartitionLostError);
    expect(await two.member.committed([0, 1])).toEqual(new Map([[1 - moved, 1]]));
    expect(texts(await readRecords(two.member, { partition: moved, offset: 0, count: 1 }))).toEqual(['x']);
  });

  test('commit a partition that stays through a rebalance', async () => {
    await source.createTopic('stays', 2);
    const one = await joined('stays');
    const joining = joined('stays');
    const outcomes: Promise<unknown>[] = [];
    await eventually(() => {
      const offsets = new Map([[one.held()[0] ?? 0, outcomes.length + 1]]);
      outcomes.push(one.member.commit(offsets).catch((error: unknown) => error));
      return one.held().length === 1;
    });
    const [stays = -1] = one.held();
    const refused = (await Promise.all(outcomes)).filter((outcome) => outcome !== undefined);
    expect(refused.filter((error) => !(error instanceof PartitionLostError))).toEqual([]);
    await one.member.commit(new Map([[stays, 7]]));
    expect((await (await joining).member.committed([stays])).get(stays)).toBe(7);
  });

  test.each(['at once', 'a moment later'])('keep no member of a source that is closed %s', async (when) => {
    const topic = `closed-${when.replaceAll(' ', '-')}`;
    await source.createTopic(topic, 2);
    const leaving = createKafkaSource({ connection: { bootstrap: kafka.bootstrap } });
    const joining = leaving.join(topic, `readers-of-${topic}`, groupJournal().listener).then(
      () => 'joined',
      (error: Error) => error.message,
    );
    if (when !== 'at once') await leaving.describeTopic(topic);
    await leaving.close();
    expect(await joining).toMatch(/^joined$|is not asked any more: the source was closed$/);
    const { entries } = await joined(topic);
    expect(entries).toEqual(['assigned 0 1']);
  });

  test('read a topic beside each other, each for itself', async () => {
    await source.createTopic('beside', 1);
    await source.produce('beside', [produced('x')]);
    const [billing, inventory] = [await joined('beside', 'billing'), await joined('beside', 'inventory')];
    await billing.member.commit(new Map([[0, 1]]));
    expect(await inventory.member.committed([0])).toEqual(new Map());
    expect(inventory.held()).toEqual([0]);
  });

  test('take members that read different topics', async () => {
    await source.createTopic('left-topic', 2);
    await source.createTopic('right-topic', 2);
    const left = await joined('left-topic', 'both');
    const right = await joined('right-topic', 'both');
    await eventually(() => left.held().length === 2 && right.held().length === 2);
  });

  test('share out partitions that were added while they read', async () => {
    await source.createTopic('grown', 2);
    const one = await joined('grown');
    const two = await joined('grown');
    await addPartitionsWithTool(kafka, 'grown', 5);
    await eventually(() => one.held().length + two.held().length === 5);
    expect([...one.held(), ...two.held()].sort()).toEqual(upTo(5));
    await source.produce('grown', [produced('new', { partition: 4 })]);
    const reader = one.held().includes(4) ? one : two;
    expect(await reader.member.offsets([4], 'earliest')).toEqual(new Map([[4, 0]]));
    expect(texts(await readRecords(reader.member, { partition: 4, offset: 0, count: 1 }))).toEqual(['new']);
  });

  test('lose their partitions with a topic that is deleted, and say so', async () => {
    await source.createTopic('deleted', 2);
    const { entries, held } = await joined('deleted');
    await deleteTopicWithTool(kafka, 'deleted');
    await eventually(() => entries.includes('trouble topic deleted was deleted'));
    expect(held()).toEqual([]);
    await source.createTopic('deleted', 2);
    await eventually(() => held().length === 2);
  });
});
