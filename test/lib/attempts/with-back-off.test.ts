import { describe, expect, test } from 'vitest';
import { RetryableError, withBackOff } from '../../../lib/attempts/index.ts';
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
