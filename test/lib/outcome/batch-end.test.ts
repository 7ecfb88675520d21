import { expect, test } from 'vitest';
import { type BatchEnd, bytes, kafkaHandler } from '../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../lib/testing/index.ts';
import { remembering } from '../../support/run-batch.ts';

/** What the end of a batch says of records with these times; the offsets that fail come again. */
async function endOf(timestamps: readonly unknown[], ...failing: readonly number[]) {
  const ends: BatchEnd[] = [];
  const { handle } = remembering(...failing.map((offset) => `order-events-0@${offset}`));
  const event = buildKafkaEvent(timestamps.map((_, offset) => aRecord({ offset })));
  const [records = []] = Object.values(event.records);
  const timed = records.map((record, index) => ({ ...record, timestamp: timestamps[index] }));
  const observer = { batchEnded: (end: BatchEnd) => void ends.push(end) };
  const handler = kafkaHandler({ value: bytes, ordering: 'none', handle, observer });
  await handler({ records: { 'order-events-0': timed } }, aLambdaContext());
  const [{ oldest, oldestUnresolved, done, failed } = {} as Partial<BatchEnd>] = ends;
  return { oldest, oldestUnresolved, done, failed };
}

test('the oldest record is told, and the oldest of those that come again', async () => {
  expect(await endOf([3, 1, 2, 4], 2, 3)).toEqual({ oldest: 1, oldestUnresolved: 2, done: 2, failed: 2 });
});

test('nothing comes again, and none of it is the oldest', async () => {
  expect(await endOf([3, 1])).toEqual({ oldest: 1, oldestUnresolved: undefined, done: 2, failed: 0 });
});

test.each([[-1], [undefined], [null], ['soon']])(
  'a record whose time is %j is counted, and hides the age of no other',
  async (none) => {
    expect(await endOf([none, 5, none], 0)).toMatchObject({ oldest: 5, done: 2, failed: 1 });
    expect(await endOf([none])).toMatchObject({ oldest: undefined, done: 1 });
  },
);
