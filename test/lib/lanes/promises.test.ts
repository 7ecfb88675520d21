import { createHook } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { json, kafkaHandler } from '../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../lib/testing/index.ts';

/** Promises made while a batch of that many records is handled. */
async function promisesFor(records: number, handle: () => unknown): Promise<number> {
  const event = buildKafkaEvent(Array.from({ length: records }, (_, offset) => aRecord({ offset })));
  const handler = kafkaHandler({ value: json(), handle });
  let promises = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'PROMISE') promises++;
    },
  });
  hook.enable();
  await handler(event, aLambdaContext());
  hook.disable();
  return promises;
}

/** What the invocation and the test runner need, whatever the number of records. */
const few = 50;

test('a synchronous handle and codec cost no promise a record', async () => {
  expect(await promisesFor(1_000, () => {})).toBeLessThan(few);
});

test('an asynchronous handle costs its own promise and the one that an await makes', async () => {
  expect(await promisesFor(1_000, async () => {})).toBeLessThan(2 * 1_000 + few);
});

test('what calls back at once, and twice, is waited for like a promise, and each record is handled once', async () => {
  const seen: number[] = [];
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: what libraries of their own promises return.
    then: (resolve: (value: undefined) => void) => {
      resolve(undefined);
      resolve(undefined);
    },
  };
  const handler = kafkaHandler({
    value: json(),
    handle: ({ offset }) => {
      seen.push(offset);
      return thenable;
    },
  });
  const offsets = Array.from({ length: 20_000 }, (_, offset) => offset);
  const event = buildKafkaEvent(offsets.map((offset) => aRecord({ offset })));
  expect(await handler(event, aLambdaContext())).toEqual({ batchItemFailures: [] });
  expect(seen).toEqual(offsets);
});

test('a clock that fails in the middle of a batch fails the invocation, so that the whole batch comes again', async () => {
  const event = buildKafkaEvent([0, 1, 2].map((offset) => aRecord({ offset })));
  let asked = 0;
  const getRemainingTimeInMillis = () => {
    asked++;
    if (asked > 4) throw new Error('no clock');
    return 30_000;
  };
  const handler = kafkaHandler({ value: json(), handle: async () => {} });
  await expect(handler(event, { ...aLambdaContext(), getRemainingTimeInMillis })).rejects.toThrow('no clock');
});
