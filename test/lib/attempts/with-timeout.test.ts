import { expect, test } from 'vitest';
import { withTimeout } from '../../../lib/attempts/index.ts';
import type { RecordFailure, Timer } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

/** Every timer of a record fires at once. */
const atOnce: Timer = (then) => {
  queueMicrotask(then);
  return () => {};
};
const never: Timer = () => () => {};

test('a record that takes too long fails, with its signal aborted, and the other partitions go on', async () => {
  const signals: AbortSignal[] = [];
  const failures: RecordFailure[] = [];
  const hang = withTimeout<unknown, unknown>(
    (_record, { signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    },
    1_000,
    atOnce,
  );
  const reported = await runBatch([aRecord(), aRecord({ partition: 1 })], {
    handle: (record, context) => (record.partition === 0 ? hang(record, context) : undefined),
    observer: { recordFailed: (failure) => void failures.push(failure) },
  });
  expect(reported).toEqual(['order-events-0@0']);
  expect(failures).toMatchObject([{ code: 'RECORD_TIMEOUT' }]);
  expect(signals[0]?.aborted).toBe(true);
  expect(signals[0]?.reason).toMatchObject({ code: 'RECORD_TIMEOUT' });
});

test('a handle that ignores its signal and returns late changes nothing', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const handle = withTimeout<unknown, unknown>(() => promise, 1_000, atOnce);
  expect(await runBatch([aRecord(), aRecord({ offset: 1 })], { handle })).toEqual([
    'order-events-0@0',
    'order-events-0@1',
  ]);
  resolve();
});

test('a record that is done in time is done', async () => {
  const handle = withTimeout<unknown, unknown>(async () => {}, 1_000, never);
  expect(await runBatch([aRecord()], { handle })).toEqual([]);
});

test('the time of a record that has ended is cancelled, however it ended, so that it does not keep the process alive', async () => {
  const happened: string[] = [];
  const timer: Timer = (_then, milliseconds) => {
    happened.push(`set for ${milliseconds}`);
    return () => void happened.push('cancelled');
  };
  const handle = withTimeout<unknown, unknown>(
    ({ offset }) => {
      happened.push(`handled ${offset}`);
      if (offset === 1) throw new Error('not now');
    },
    1_000,
    timer,
  );
  await runBatch([aRecord(), aRecord({ offset: 1 })], { handle });
  const each = (offset: number) => ['set for 1000', `handled ${offset}`, 'cancelled'];
  expect(happened).toEqual([...each(0), ...each(1)]);
});

test('a record hears also of the end of its invocation', async () => {
  const signals: AbortSignal[] = [];
  const handle = withTimeout<unknown, unknown>(
    (_record, { signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    },
    1_000,
    never,
  );
  const whenIdle: Timer = (then) => {
    setImmediate(then);
    return () => {};
  };
  expect(await runBatch([aRecord()], { handle, timer: whenIdle })).toEqual(['order-events-0@0']);
  expect(signals[0]?.reason).toMatchObject({ code: 'TIME_IS_UP' });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('%d milliseconds are refused', (milliseconds) => {
  expect(() => withTimeout(() => {}, milliseconds)).toThrow('expected milliseconds above 0');
});
