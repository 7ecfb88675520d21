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
