import { afterEach, describe, expect, it } from 'vitest';
import type { KafkaEvent } from '../../../lib/event/kafka-event.ts';
import { createDestination } from '../../../local/destination/create-destination.ts';
import type { InvokeResult } from '../../../local/function/invoker.ts';
import { readKnobs } from '../../../local/mapping/knobs.ts';
import type { MappingConfig } from '../../../local/mapping/mapping-config.ts';
import type { MappingNotice } from '../../../local/mapping/mapping-output.ts';
import { type MappingPorts, type RunningMapping, startMapping } from '../../../local/mapping/run-mapping.ts';
import { createEmbeddedSource } from '../../../local/source/embedded-source.ts';
import type { RecordSource } from '../../../local/source/record-source.ts';
import { aConfig, FINE, positionsOf, reporting, TO_TOPIC } from './support/builders.ts';

const TOPIC = 'shop-orders';
const QUICK = readKnobs({ backoff: { initialMs: 5, maximumMs: 20 } });
const running: RunningMapping[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((mapping) => mapping.stop({ abort: true })));
});

interface Shop {
  readonly source: ReturnType<typeof createEmbeddedSource>;
  readonly events: KafkaEvent[];
  readonly notices: MappingNotice[];
  start(config?: Partial<MappingConfig>, ports?: Partial<MappingPorts>): RunningMapping;
}

async function aShop(
  partitions: number,
  answer: (event: KafkaEvent) => InvokeResult | Promise<InvokeResult> = () => FINE,
): Promise<Shop> {
  const source = createEmbeddedSource();
  await source.createTopic(TOPIC, partitions);
  const events: KafkaEvent[] = [];
  const notices: MappingNotice[] = [];
  const invoker = {
    invoke: async (payload: string) => {
      const event: KafkaEvent = JSON.parse(payload);
      events.push(event);
      return answer(event);
    },
  };
  const observer = (notice: MappingNotice) => void notices.push(notice);
  const start: Shop['start'] = (config, ports) => {
    const own = aConfig({ batchingWindow: 0, ...config });
    const mapping = startMapping(own, { source, invoker, observer, knobs: QUICK, ...ports });
    running.push(mapping);
    return mapping;
  };
  return { source, events, notices, start };
}

async function produce(source: RecordSource, partition: number, ...values: readonly string[]): Promise<void> {
  await source.produce(
    TOPIC,
    values.map((value) => ({ key: null, value: Buffer.from(value), partition })),
  );
}

const valuesOf = (events: readonly KafkaEvent[]) =>
  events
    .flatMap((event) => Object.values(event.records).flat())
    .map(({ value }) => Buffer.from(value ?? '', 'base64').toString());

function signal(): { readonly come: Promise<void>; readonly now: () => void } {
  let now = () => {};
  const come = new Promise<void>((resolve) => {
    now = resolve;
  });
  return { come, now: () => now() };
}

describe('a running mapping', () => {
  it('delivers what is on the topic, retries what is reported, and commits to the end', async () => {
    let first = true;
    const shop = await aShop(2, (event) => {
      if (!first || !('shop-orders-0' in event.records)) return FINE;
      first = false;
      return reporting([0, 1]);
    });
    await produce(shop.source, 0, 'a', 'b', 'c');
    await produce(shop.source, 1, 'd');
    const mapping = shop.start();
    await mapping.waitUntilDrained();
    expect(mapping.drained()).toBe(true);
    expect(mapping.status()).toMatchObject({
      state: 'Enabled',
      partitions: [
        { committedOffset: 3, lag: 0, delivered: 4, retried: 1, succeeded: 3 },
        { committedOffset: 1, lag: 0, succeeded: 1 },
      ],
    });
    expect(valuesOf(shop.events).toSorted()).toEqual(['a', 'b', 'b', 'c', 'd']);
  });

  it('writes what it gives up to the destination topic, and goes on', async () => {
    const shop = await aShop(1, (event) =>
      reporting(
        ...(event.records['shop-orders-0'] ?? [])
          .filter(({ offset }) => offset === 1)
          .map(({ offset }) => [0, offset] as const),
      ),
    );
    await shop.source.createTopic('given-up', 1);
    await produce(shop.source, 0, 'a', 'poison', 'c');
    const config = { destination: TO_TOPIC };
    const destination = createDestination(aConfig(config), { source: shop.source, environment: {} });
    const mapping = shop.start(config, { destination });
    await mapping.waitUntilDrained();
    const ends = await shop.source.endOffsets('given-up');
    expect(ends.get(0)?.end).toBe(1);
    expect(mapping.status().partitions).toMatchObject([{ discarded: 1, succeeded: 2, committedOffset: 3 }]);
  });

  it('goes on from the group’s commits, whatever the starting position says', async () => {
    const shop = await aShop(1);
    await produce(shop.source, 0, 'a', 'b');
    const first = shop.start();
    await first.waitUntilDrained();
    await first.stop();
    await produce(shop.source, 0, 'c');
    const second = shop.start({ startingPosition: { kind: 'LATEST' } });
    await second.waitUntilDrained();
    expect(valuesOf(shop.events)).toEqual(['a', 'b', 'c']);
  });

  it('starts at the end with LATEST, at a time with AT_TIMESTAMP, and at the beginning for a new group', async () => {
    const shop = await aShop(1);
    await shop.source.produce(TOPIC, [
      { key: null, value: Buffer.from('old'), partition: 0, timestamp: 1000 },
      { key: null, value: Buffer.from('new'), partition: 0, timestamp: 3000 },
    ]);
    const consumed = async (group: string, startingPosition: MappingConfig['startingPosition']) => {
      const before = shop.events.length;
      await shop.start({ group, startingPosition }).waitUntilDrained();
      return valuesOf(shop.events.slice(before));
    };
    expect(await consumed('a', { kind: 'LATEST' })).toEqual([]);
    expect(await consumed('b', { kind: 'AT_TIMESTAMP', timestamp: 2000 })).toEqual(['new']);
    expect(await consumed('c', { kind: 'TRIM_HORIZON' })).toEqual(['old', 'new']);
  });

  it('reads partitions that the topic gets later from their beginning, with LATEST too', async () => {
    const shop = await aShop(1);
    const mapping = shop.start({ startingPosition: { kind: 'LATEST' } });
    await mapping.waitUntilDrained();
    shop.source.addPartitions(TOPIC, 2);
    await produce(shop.source, 1, 'a', 'b');
    await mapping.waitUntilDrained();
    expect(shop.events.map(positionsOf).join(' | ')).toContain('1: 0');
    expect(mapping.status().partitions).toMatchObject([
      { partition: 0 },
      { partition: 1, committedOffset: 2 },
    ]);
  });

  it('shares partitions with another member of the group, and takes them over when that one leaves', async () => {
    const shop = await aShop(2);
    const first = shop.start();
    await first.waitUntilDrained();
    const second = shop.start();
    await second.waitUntilDrained();
    const assigned = () =>
      [first, second].map(
        (mapping) => mapping.status().partitions.filter((partition) => partition.assigned).length,
      );
    expect(assigned()).toEqual([1, 1]);
    await second.stop();
    await produce(shop.source, 0, 'a');
    await produce(shop.source, 1, 'b');
    await first.waitUntilDrained();
    expect(valuesOf(shop.events).toSorted()).toEqual(['a', 'b']);
  });

  it('waits for a topic that is not there, and says so', async () => {
    const shop = await aShop(1);
    const problem = signal();
    const mapping = shop.start(
      { topic: 'later' },
      { observer: (notice) => notice.kind === 'problem' && problem.now() },
    );
    await problem.come;
    expect(mapping.status().lastProcessingResult).toMatch(/^PROBLEM: /);
    await shop.source.createTopic('later', 1);
    await shop.source.produce('later', [{ key: null, value: Buffer.from('a') }]);
    await mapping.waitUntilDrained();
    expect(mapping.status()).toMatchObject({ state: 'Enabled', partitions: [{ committedOffset: 1 }] });
  });

  it('ends what is in flight and commits it when it stops', async () => {
    const begun = signal();
    const finish = signal();
    const shop = await aShop(1, async () => {
      begun.now();
      await finish.come;
      return FINE;
    });
    await produce(shop.source, 0, 'a', 'b');
    const mapping = shop.start();
    await begun.come;
    const stopped = mapping.stop();
    finish.now();
    await stopped;
    expect(mapping.status()).toMatchObject({ state: 'Deleting', partitions: [{ committedOffset: 2 }] });
  });

  it('leaves at once when it is told to abort, and the records come again', async () => {
    const begun = signal();
    const shop = await aShop(1, () => {
      begun.now();
      return new Promise(() => {});
    });
    await produce(shop.source, 0, 'a');
    const mapping = shop.start();
    await begun.come;
    await mapping.stop({ abort: true });
    const again: string[] = [];
    const invoker = {
      invoke: async (payload: string) => {
        again.push(...valuesOf([JSON.parse(payload)]));
        return FINE;
      },
    };
    await shop.start({}, { invoker }).waitUntilDrained();
    expect(again).toEqual(['a']);
  });

  it('is Disabled without reading, and goes on from its commits when it is enabled', async () => {
    const shop = await aShop(1);
    await produce(shop.source, 0, 'a');
    const mapping = shop.start({ enabled: false });
    expect(mapping.status().state).toBe('Disabled');
    mapping.enable();
    await mapping.waitUntilDrained();
    await mapping.disable();
    expect(mapping.status().state).toBe('Disabled');
    await produce(shop.source, 0, 'b');
    mapping.enable();
    await mapping.waitUntilDrained();
    expect(valuesOf(shop.events)).toEqual(['a', 'b']);
  });

  it('is one member of its group when it is enabled again while it still joins', async () => {
    const shop = await aShop(2);
    const joins: (() => void)[] = [];
    const members = new Set<object>();
    const source: RecordSource = {
      ...shop.source,
      join: async (topic, group, listener) => {
        await new Promise<void>((resolve) => joins.push(resolve));
        const member = await shop.source.join(topic, group, listener);
        members.add(member);
        const leave = async () => {
          members.delete(member);
          await member.leave();
        };
        return { ...member, leave };
      },
    };
    await produce(shop.source, 0, 'a');
    await produce(shop.source, 1, 'b');
    const mapping = shop.start({}, { source });
    await expect.poll(() => joins.length).toBe(1);
    await mapping.disable();
    mapping.enable();
    await expect.poll(() => joins.length).toBe(2);
    for (const goOn of joins) goOn();
    await mapping.waitUntilDrained();
    await expect.poll(() => members.size).toBe(1);
    expect(valuesOf(shop.events).sort()).toEqual(['a', 'b']);
    await mapping.stop();
    expect(members.size).toBe(0);
  });

  it('loses nothing when fetches, commits and the function’s service fail now and then', async () => {
    let calls = 0;
    const flaky = <T>(work: () => Promise<T>): Promise<T> => {
      calls += 1;
      return calls % 3 === 0 ? Promise.reject(new Error('connection reset')) : work();
    };
    const shop = await aShop(2);
    const source: RecordSource = {
      ...shop.source,
      join: async (topic, group, listener) => {
        const member = await flaky(() => shop.source.join(topic, group, listener));
        return {
          ...member,
          fetch: (request) => flaky(() => member.fetch(request)),
          commit: (offsets) => flaky(() => member.commit(offsets)),
          offsets: (partitions, at) => flaky(() => member.offsets(partitions, at)),
        };
      },
    };
    for (const partition of [0, 1])
      await produce(shop.source, partition, ...Array.from({ length: 50 }, (_, n) => `${partition}-${n}`));
    const mapping = shop.start({ batchSize: 7 }, { source });
    await mapping.waitUntilDrained();
    expect(new Set(valuesOf(shop.events)).size).toBe(100);
    expect(mapping.status().partitions).toMatchObject([{ committedOffset: 50 }, { committedOffset: 50 }]);
  });
});
