import { describe, expect, test } from 'vitest';
import { bytes, type HandleContext, kafkaHandler, type Timer } from '../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../lib/testing/index.ts';
import { observerOf } from '../../support/observer-hooks.ts';
import { runBatch } from '../../support/run-batch.ts';

const never = () => new Promise<void>(() => {});
const positions = (...texts: readonly string[]) =>
  texts.map((text) => {
    const [partition = 0, offset = 0] = text.split('@').map(Number);
    return aRecord({ partition, offset });
  });

/** Fires as soon as nothing but hanging calls is left. */
const whenIdle: Timer = (then) => {
  const immediate = setImmediate(then);
  return () => clearImmediate(immediate);
};

describe('a record that hangs', () => {
  test('is reported with everything behind it, and does not hold back the other partitions', async () => {
    const failed = await runBatch(positions('0@0', '0@1', '1@0', '1@1'), {
      timer: whenIdle,
      handle: (record) => (String(record) === 'order-events-0@0' ? never() : Promise.resolve()),
    });
    expect(failed).toEqual(['order-events-0@0', 'order-events-0@1']);
  });

  test('is reported alone without an order', async () => {
    const failed = await runBatch(positions('0@0', '0@1', '0@2'), {
      timer: whenIdle,
      ordering: 'none',
      handle: (record) => (record.offset === 1 ? never() : undefined),
    });
    expect(failed).toEqual(['order-events-0@1']);
  });

  test('holds a place of the concurrency, so that what found none is reported too', async () => {
    const failed = await runBatch(positions('0@0', '1@0', '2@0'), {
      timer: whenIdle,
      concurrency: 1,
      handle: (record) => (record.partition === 1 ? never() : undefined),
    });
    expect(failed).toEqual(['order-events-1@0', 'order-events-2@0']);
  });

  test('hears from its signal that nobody waits any more', async () => {
    const heard: unknown[] = [];
    const handle = (_record: unknown, { signal }: HandleContext) => {
      signal.addEventListener('abort', () => heard.push(signal.reason.code));
      return never();
    };
    await runBatch(positions('0@0', '1@0'), { timer: whenIdle, handle });
    expect(heard).toEqual(['TIME_IS_UP', 'TIME_IS_UP']);
  });

  test('finds its signal aborted when it asks for it too late', async () => {
    const contexts: HandleContext[] = [];
    await runBatch(positions('0@0'), {
      timer: whenIdle,
      handle: (_record, context) => {
        contexts.push(context);
        return never();
      },
    });
    expect(contexts[0]?.signal.aborted).toBe(true);
  });

  test('changes nothing when it ends after the answer: no later record of its lane is started, nothing is parked or told', async () => {
    const late = Promise.withResolvers<void>();
    const seen: string[] = [];
    const told: string[] = [];
    const observer = observerOf((name) => told.push(name));
    const failed = await runBatch(positions('0@0', '0@1'), {
      timer: whenIdle,
      observer,
      park: () => void told.push('park'),
      handle: (record) => {
        seen.push(String(record));
        return late.promise;
      },
    });
    late.reject(Object.assign(new Error('late'), { permanent: true }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(failed).toEqual(['order-events-0@0', 'order-events-0@1']);
    expect(seen).toEqual(['order-events-0@0']);
    expect(told).toEqual(['batchStarted', 'recordTimedOut', 'batchEnded']);
  });

  test('starts nothing, and nobody is told, when it ends well after the answer, even where the clock stands still', async () => {
    const late = Promise.withResolvers<void>();
    const seen: string[] = [];
    const told: string[] = [];
    await runBatch(positions('0@0', '0@1'), {
      timer: whenIdle,
      observer: observerOf((name) => told.push(name)),
      handle: (record) => {
        seen.push(String(record));
        return late.promise;
      },
    });
    late.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['order-events-0@0']);
    expect(told).toEqual(['batchStarted', 'recordTimedOut', 'batchEnded']);
  });

  test('in its park is reported as well', async () => {
    const failed = await runBatch(positions('0@0', '0@1'), {
      timer: whenIdle,
      park: never,
      handle: () => Promise.reject(Object.assign(new Error('never'), { permanent: true })),
    });
    expect(failed).toEqual(['order-events-0@0', 'order-events-0@1']);
  });

  test('in its codec is reported as well, and its handle is not called afterwards', async () => {
    const late = Promise.withResolvers<Buffer>();
    const seen: string[] = [];
    const failed = await runBatch(positions('0@0'), {
      timer: whenIdle,
      value: { name: 'registry', decode: () => late.promise },
      handle: (record) => void seen.push(String(record)),
    });
    late.resolve(Buffer.from('x'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(failed).toEqual(['order-events-0@0']);
    expect(seen).toEqual([]);
  });
});

describe('what runs at once', () => {
  /** The most calls that ran at once, over all lanes and in one lane. */
  async function peaks(ordering: 'partition' | 'key' | 'none', concurrency: number) {
    const running: string[] = [];
    const peak = { all: 0, lane: 0, key: 0 };
    const records = Array.from({ length: 60 }, (_, index) =>
      aRecord({ partition: index % 6, offset: index, key: `key-${index % 12}` }),
    );
    const most = (names: readonly string[]) =>
      Math.max(...[...Map.groupBy(names, (name) => name).values()].map(({ length }) => length));
    await runBatch(records, {
      ordering,
      concurrency,
      handle: async ({ partition, key }) => {
        running.push(`${partition} ${key}`);
        peak.all = Math.max(peak.all, running.length);
        peak.lane = Math.max(peak.lane, most(running.map((name) => name.split(' ')[0] ?? '')));
        peak.key = Math.max(peak.key, most(running));
        await new Promise((resolve) => setImmediate(resolve));
        running.splice(running.indexOf(`${partition} ${key}`), 1);
      },
    });
    return peak;
  }

  test('is one record of a partition, over all partitions as many as the concurrency says', async () => {
    expect(await peaks('partition', 4)).toEqual({ all: 4, lane: 1, key: 1 });
    expect(await peaks('partition', 100)).toEqual({ all: 6, lane: 1, key: 1 });
  });

  test('is one record of a key, and several keys of a partition', async () => {
    expect(await peaks('key', 4)).toMatchObject({ all: 4, key: 1 });
    expect(await peaks('key', 100)).toEqual({ all: 12, lane: 2, key: 1 });
  });

  test('is as many records as the concurrency says without an order, also of one partition', async () => {
    expect((await peaks('none', 7)).all).toBe(7);
    expect((await peaks('none', 100)).all).toBe(60);
  });

  test('is one after the other with a concurrency of 1', async () => {
    expect((await peaks('none', 1)).all).toBe(1);
  });
});

test('a batch of synchronous calls needs no timer', async () => {
  let timers = 0;
  const timer: Timer = () => {
    timers++;
    return () => {};
  };
  await runBatch(positions('0@0', '0@1'), { timer, handle: () => {} });
  expect(timers).toBe(0);
});

test('the timer is cancelled when all is done before, so that it does not keep the process alive', async () => {
  const happened: string[] = [];
  const timer: Timer = (_then, milliseconds) => {
    happened.push(`set for ${milliseconds}`);
    return () => void happened.push('cancelled');
  };
  await runBatch(
    positions('0@0'),
    { timer, handle: () => Promise.resolve() },
    aLambdaContext({ timeout: 10_000 }),
  );
  expect(happened).toEqual(['set for 9500', 'cancelled']);
});

test('handle is told the request and the time that is left', async () => {
  const told: unknown[] = [];
  const context = aLambdaContext({ awsRequestId: 'request-1', timeout: 5_000 });
  const handler = kafkaHandler({
    value: bytes,
    handle: (_record, { awsRequestId, remainingTime, signal }) =>
      void told.push(awsRequestId, remainingTime(), signal.aborted),
  });
  await handler(buildKafkaEvent(positions('0@0')), context);
  expect(told).toEqual(['request-1', 5_000, false]);
});
