import { expect, test } from 'vitest';
import { bytes, kafkaHandler } from '../../lib/index.ts';
import { aLambdaContext } from '../../lib/testing/index.ts';

/** What Lambda takes as an answer. */
const LIMIT = 6_291_556;

test('an answer that reports 10,000 records of the longest topic name stays below 6 MB', async () => {
  const topic = 't'.repeat(249);
  const first = Number.MAX_SAFE_INTEGER - 10_000;
  const records = Array.from({ length: 10_000 }, (_, index) => ({
    topic,
    partition: 99_999,
    offset: first + index,
    timestamp: 0,
    timestampType: 'CREATE_TIME',
  }));
  const handler = kafkaHandler({
    value: bytes,
    ordering: 'none',
    handle: () => {
      throw new Error('not now');
    },
  });

  const answer = await handler({ records: { [`${topic}-99999`]: records } }, aLambdaContext());

  expect(answer.batchItemFailures).toHaveLength(10_000);
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(LIMIT);
});

test('fields that nobody knows, in the event and in its records, change nothing', async () => {
  const seen: string[] = [];
  const handler = kafkaHandler({ value: bytes, handle: (record) => void seen.push(String(record)) });
  const record = {
    topic: 'a-1',
    partition: 2,
    offset: 5,
    timestamp: 0,
    timestampType: 'CREATE_TIME',
    value: 'eA==',
  };

  const answer = await handler(
    { later: { more: true }, records: { 'a-1-2': [{ ...record, leaderEpoch: 7, sizes: [1, 2] }] } },
    aLambdaContext(),
  );

  expect(answer).toEqual({ batchItemFailures: [] });
  expect(seen).toEqual(['a-1-2@5']);
});
