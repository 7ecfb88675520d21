import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { partitionFetcher } from '../../../../local/source/kafka/partition-fetcher.ts';
import { type ScriptedBroker, scriptedBroker } from './support/scripted-broker.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function aFetcher(
  quick: ScriptedBroker,
  patient: ScriptedBroker = scriptedBroker(() => new Promise(() => {})),
) {
  const troubles: string[] = [];
  const fetcher = partitionFetcher({
    topic: 'orders',
    quick: quick.client,
    patient: patient.client,
    onTrouble: (error) => troubles.push(error.message),
  });
  const fetch = (partition: number, offset: number, maxWaitMs = 1_000) =>
    fetcher.fetch({ partition, offset, maxRecords: 100, maxBytes: 1_000, maxWaitMs });
  return { ...fetcher, fetch, troubles };
}

const [unknownTopicId, notLeader, outOfRange, unauthorized] = [100, 6, 1, 29];

describe('fetches of many partitions', () => {
  test('go to each broker in one request, one of a partition at a time', async () => {
    const broker = scriptedBroker(({ partitions }) =>
      partitions.map(({ partition, offset }) => ({ partition, end: 9, offsets: [offset] })),
    );
    broker.topic.leaders = [1, 2, 1];
    const { fetch } = aFetcher(broker);
    const fetched = await Promise.all([fetch(0, 5), fetch(1, 6), fetch(2, 7), fetch(0, 8)]);
    expect(fetched.map(({ partition, nextOffset, endOffset }) => [partition, nextOffset, endOffset])).toEqual(
      [
        [0, 6, 9],
        [1, 7, 9],
        [2, 8, 9],
        [0, 9, 9],
      ],
    );
    const asked = broker.fetches.map(({ node, partitions }) => [
      node,
      partitions.map(({ offset }) => offset),
    ]);
    expect(asked).toEqual([
      [1, [5, 7]],
      [2, [6]],
      [1, [8]],
    ]);
  });

  test('go to a broker when it has answered those before: a connection has one fetch session', async () => {
    const answers: (() => void)[] = [];
    const broker = scriptedBroker(async ({ partitions }) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return partitions.map(({ partition, offset }) => ({ partition, end: 9, offsets: [offset] }));
    });
    broker.topic.leaders = [1, 1, 1];
    const { fetch } = aFetcher(broker);
    const first = fetch(0, 5);
    await vi.advanceTimersByTimeAsync(10);
    const later = [fetch(1, 5), fetch(2, 5)];
    await vi.advanceTimersByTimeAsync(10);
    expect(broker.fetches).toHaveLength(1);
    answers.shift()?.();
    await first;
    await vi.advanceTimersByTimeAsync(10);
    answers.shift()?.();
    await Promise.all(later);
    expect(broker.fetches.map(({ partitions }) => partitions.length)).toEqual([1, 2]);
  });

  test('find the leader of a partition that the topic has only now', async () => {
    const broker = scriptedBroker(({ node }) =>
      node === 2 ? [{ partition: 1, end: 1, offsets: [0] }] : [{ partition: 1, errorCode: unknownTopicId }],
    );
    const { metadata } = broker.client;
    const old = [1];
    // What a client remembers of a topic until it asks again.
    broker.client.metadata = (async (options: Parameters<typeof metadata>[0]) => {
      broker.topic.leaders = options.forceUpdate ? [1, 2] : old;
      return metadata(options);
    }) as typeof metadata;
    const { fetch, troubles } = aFetcher(broker);
    expect((await fetch(1, 0)).nextOffset).toBe(1);
    expect(troubles).toEqual([]);
  });

  test('wait for records on connections of their own, and end without one when their time is over', async () => {
    const broker = scriptedBroker(() => [{ partition: 0, end: 5 }]);
    const patient = scriptedBroker(async ({ maxWaitTime }) => {
      await new Promise((resolve) => setTimeout(resolve, maxWaitTime));
      return [{ partition: 0, end: 5 }];
    });
    const { fetch } = aFetcher(broker, patient);
    const fetched = fetch(0, 5, 250);
    await vi.advanceTimersByTimeAsync(240);
    expect(await Promise.race([fetched, 'waits'])).toBe('waits');
    await vi.advanceTimersByTimeAsync(20);
    expect(await fetched).toEqual({ partition: 0, records: [], nextOffset: 5, endOffset: 5 });
    expect(broker.fetches.map(({ maxWaitTime }) => maxWaitTime)).toEqual([0]);
    expect(patient.fetches.map(({ maxWaitTime }) => maxWaitTime)).toEqual([100, 100, 50]);
  });

  test('ask at once again for records that those of others crowded out of an answer', async () => {
    let answers = 0;
    const broker = scriptedBroker(() => {
      answers += 1;
      return [{ partition: 0, end: 9, offsets: answers === 1 ? [] : [5] }];
    });
    const patient = scriptedBroker(() => new Error('nobody waits'));
    expect((await aFetcher(broker, patient).fetch(0, 5)).nextOffset).toBe(6);
    expect(patient.fetches).toEqual([]);
  });

  test('follow a leader that moves', async () => {
    const broker = scriptedBroker(({ node }) =>
      node === 1 ? [{ partition: 0, errorCode: notLeader }] : [{ partition: 0, end: 6, offsets: [5] }],
    );
    const { fetch, troubles } = aFetcher(broker);
    const fetched = fetch(0, 5);
    await vi.advanceTimersByTimeAsync(0);
    broker.topic.leaders = [2];
    await vi.advanceTimersByTimeAsync(200);
    expect((await fetched).nextOffset).toBe(6);
    expect(broker.looks()).toBe(1);
    expect(troubles).toEqual(['the broker cannot read orders-0@5: NOT_LEADER_OR_FOLLOWER']);
  });

  test('follow a topic that was created anew', async () => {
    const broker = scriptedBroker(({ topicId }) =>
      topicId === 'first'
        ? [{ partition: 0, errorCode: unknownTopicId }]
        : [{ partition: 0, end: 1, offsets: [0] }],
    );
    const fetched = aFetcher(broker).fetch(0, 0);
    await vi.advanceTimersByTimeAsync(0);
    broker.topic.id = 'second';
    await vi.advanceTimersByTimeAsync(200);
    expect((await fetched).nextOffset).toBe(1);
  });

  test('get the answers of one broker each for itself', async () => {
    const broker = scriptedBroker(() => [
      { partition: 0, errorCode: outOfRange },
      { partition: 1, end: 6, offsets: [5] },
      { partition: 2, errorCode: unauthorized },
    ]);
    broker.topic.leaders = [1, 1, 1];
    const { fetch, troubles } = aFetcher(broker);
    const outcomes = await Promise.allSettled([fetch(0, 99), fetch(1, 5), fetch(2, 5)]);
    expect(outcomes).toMatchObject([
      { reason: { message: 'offset 99 is out of range in orders-0' } },
      { value: { nextOffset: 6 } },
      { reason: { message: 'the broker cannot read orders-2@5: TOPIC_AUTHORIZATION_FAILED' } },
    ]);
    expect(troubles).toEqual([]);
  });

  test('tell a trouble once while it lasts, and again when it comes back', async () => {
    let leads = false;
    const broker = scriptedBroker(() =>
      leads ? [{ partition: 0, end: 6, offsets: [5] }] : [{ partition: 0, errorCode: notLeader }],
    );
    const { fetch, troubles } = aFetcher(broker);
    const first = fetch(0, 5, 10_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(troubles).toHaveLength(1);
    leads = true;
    await vi.advanceTimersByTimeAsync(200);
    await first;
    leads = false;
    const second = fetch(0, 5, 300);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await second).records).toEqual([]);
    expect(troubles).toHaveLength(2);
  });

  test('end when nobody wants them any more, and those that come later at once', async () => {
    const { fetch, close } = aFetcher(scriptedBroker(() => new Promise(() => {})));
    const waiting = fetch(0, 5, 60_000);
    await vi.advanceTimersByTimeAsync(10);
    close();
    expect(await waiting).toMatchObject({ records: [], nextOffset: 5 });
    expect(await fetch(0, 7, 60_000)).toMatchObject({ records: [], nextOffset: 7 });
    expect(vi.getTimerCount()).toBe(0);
  });
});
