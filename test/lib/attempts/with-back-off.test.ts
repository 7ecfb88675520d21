import { describe, expect, test } from 'vitest';
import { RetryableError, withBackOff } from '../../../lib/attempts/index.ts';
import type { Timer } from '../../../lib/index.ts';
import { aLambdaContext, aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

/** Fails with these errors, one after another, and then no more. */
function failing(...errors: readonly Error[]) {
  const pauses: number[] = [];
  let calls = 0;
  const handle = withBackOff(
    () => {
      const error = errors[calls++];
      if (error !== undefined) throw error;
    },
    {
      tries: 4,
      delay: 100,
      longest: 300,
      random: () => 1,
      timer: (then, milliseconds) => {
        pauses.push(milliseconds);
        queueMicrotask(then);
        return () => {};
      },
    },
  );
  return { pauses, handle, calls: () => calls };
}

const busy = () => new RetryableError('busy');

/** The time of the invocation is up as soon as nothing but hanging calls is left. */
const whenIdle: Timer = (then) => {
  setImmediate(then);
  return () => {};
};

describe('an error that is marked retryable', () => {
  test('is tried again after pauses that double up to a limit', async () => {
    const work = failing(busy(), busy(), busy());
    expect(await runBatch([aRecord()], { handle: work.handle })).toEqual([]);
    expect(work.pauses).toEqual([100, 200, 300]);
  });

  test('fails the record when the tries are used up', async () => {
    const work = failing(busy(), busy(), busy(), busy(), busy());
    expect(await runBatch([aRecord()], { handle: work.handle })).toEqual(['order-events-0@0']);
    expect(work.calls()).toBe(4);
  });

  test('waits as long as the service has asked for', async () => {
    const work = failing(new RetryableError('busy', { after: 900 }));
    await runBatch([aRecord()], { handle: work.handle });
    expect(work.pauses).toEqual([900]);
  });

  test('is not tried again when the pause would take more than half of the time that is left', async () => {
    const work = failing(new RetryableError('busy', { after: 600 }));
    const context = aLambdaContext({ timeout: 1_100 });
    expect(await runBatch([aRecord()], { handle: work.handle }, context)).toEqual(['order-events-0@0']);
    expect(work.pauses).toEqual([]);
  });
});

test.each([[Number.NaN], [-5], ['soon'], [undefined]])(
  'a wait of %s, which a service cannot mean, changes nothing of the pause',
  async (after) => {
    const work = failing(Object.assign(busy(), { after }));
    expect(await runBatch([aRecord()], { handle: work.handle })).toEqual([]);
    expect(work.pauses).toEqual([100]);
  },
);

test('an error of a library is tried again when the option knows it, and no other', async () => {
  const throttling = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  const retryable = (error: unknown) => error === throttling;
  for (const [error, calls] of [
    [throttling, 2],
    [busy(), 1],
    [null, 1],
  ] as const) {
    let called = 0;
    const handle = withBackOff<unknown, unknown>(
      () => {
        if (++called === 1) throw error;
      },
      { retryable, delay: 0 },
    );
    await runBatch([aRecord()], { handle });
    expect(called).toBe(calls);
  }
});

describe('the pause before another try', () => {
  const paused = async (random: () => number) => {
    const pauses: number[] = [];
    const timer: Timer = (then, milliseconds) => {
      pauses.push(milliseconds);
      queueMicrotask(then);
      return () => {};
    };
    const handle = withBackOff<unknown, unknown>(() => Promise.reject(busy()), { tries: 2, timer, random });
    await runBatch([aRecord()], { handle });
    return pauses;
  };

  test('is between half of what was planned and all of it, so that many consumers do not come back at once', async () => {
    expect(await paused(() => 0)).toEqual([50]);
    expect(await paused(() => 0.5)).toEqual([75]);
    expect(await paused(() => 1)).toEqual([100]);
  });
});

test('a record whose invocation was answered during the pause is not tried again', async () => {
  let calls = 0;
  const pauses: (() => void)[] = [];
  const handle = withBackOff<unknown, unknown>(
    () => {
      calls++;
      throw busy();
    },
    {
      timer: (then) => {
        pauses.push(then);
        return () => {};
      },
    },
  );
  expect(await runBatch([aRecord()], { handle, timer: whenIdle })).toEqual(['order-events-0@0']);
  for (const end of pauses) end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls).toBe(1);
});

test('a record that fails after its invocation was answered does not even wait for another try', async () => {
  const late = Promise.withResolvers<void>();
  let waits = 0;
  const timer: Timer = () => {
    waits++;
    return () => {};
  };
  const handle = withBackOff<unknown, unknown>(() => late.promise, { timer });
  await runBatch([aRecord()], { handle, timer: whenIdle });
  late.reject(busy());
  await new Promise((resolve) => setImmediate(resolve));
  expect(waits).toBe(0);
});

test('an error that is not marked fails the record at once', async () => {
  const work = failing(new Error('broken'));
  expect(await runBatch([aRecord()], { handle: work.handle })).toEqual(['order-events-0@0']);
  expect(work.calls()).toBe(1);
});

test('any error with the mark is tried again', async () => {
  const work = failing(Object.assign(new Error('busy'), { retryable: true }));
  expect(await runBatch([aRecord()], { handle: work.handle })).toEqual([]);
});

test.each([{ tries: 0 }, { delay: -1 }, { longest: Number.NaN }])('the options %j are refused', (options) => {
  expect(() => withBackOff(() => {}, options)).toThrow('of withBackOff is');
});
