import type { Base } from '@platformatic/kafka';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchTopic } from '../../../../local/source/kafka/topic-watch.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a cluster says of the topic, which a test changes; `undefined` when it knows of none. */
function aWatchedTopic() {
  const cluster: { topic: { readonly id: string; readonly partitions: number } | undefined } = {
    topic: { id: 'first', partitions: 2 },
  };
  const told: string[] = [];
  const client = {
    metadata: async () => {
      if (cluster.topic === undefined) throw new Error('Unknown topic orders.');
      const { id, partitions } = cluster.topic;
      return { topics: new Map([['orders', { id, partitions: Array(partitions).fill({ leader: 1 }) }]]) };
    },
  } as unknown as Base;
  const end = watchTopic({
    client,
    topic: 'orders',
    onPartitions: (count) => told.push(`${count} partitions`),
    onDeleted: () => told.push('deleted'),
    onCreatedAnew: () => told.push('created anew'),
  });
  const changes = () => told.filter((one, at) => one !== told[at - 1]);
  return { cluster, changes, end };
}

const aWhile = () => vi.advanceTimersByTimeAsync(5_000);

test('a topic that grows is told with its new count', async () => {
  const { cluster, changes } = aWatchedTopic();
  await aWhile();
  cluster.topic = { id: 'first', partitions: 5 };
  await aWhile();
  expect(changes()).toEqual(['2 partitions', '5 partitions']);
});

test('a topic that is deleted, and comes again under its name, is told as both', async () => {
  const { cluster, changes } = aWatchedTopic();
  await aWhile();
  cluster.topic = undefined;
  await aWhile();
  cluster.topic = { id: 'second', partitions: 3 };
  await aWhile();
  expect(changes()).toEqual(['2 partitions', 'deleted', 'created anew', '3 partitions']);
});

test('a topic that was replaced between two looks is told as both', async () => {
  const { cluster, changes } = aWatchedTopic();
  await aWhile();
  cluster.topic = { id: 'second', partitions: 2 };
  await aWhile();
  expect(changes()).toEqual(['2 partitions', 'deleted', 'created anew', '2 partitions']);
});

test('a broker that does not know the topic yet is not believed at once', async () => {
  const { cluster, changes } = aWatchedTopic();
  await vi.advanceTimersByTimeAsync(1_900);
  const { topic } = cluster;
  cluster.topic = undefined;
  await vi.advanceTimersByTimeAsync(200);
  cluster.topic = topic;
  await aWhile();
  expect(changes()).toEqual(['2 partitions']);
});

test('a watch that has ended tells nothing more, also while it looks twice', async () => {
  const { cluster, changes, end } = aWatchedTopic();
  await aWhile();
  cluster.topic = undefined;
  await vi.advanceTimersByTimeAsync(1_500);
  end();
  await aWhile();
  expect(changes()).toEqual(['2 partitions']);
  expect(vi.getTimerCount()).toBe(0);
});
