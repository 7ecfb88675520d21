import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, kafkaHandler } from '../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../lib/testing/index.ts';
import { anyConcurrency, anyOrdering } from '../support/arbitrary-plan.ts';

/** Names that a reader who splits at a hyphen or a digit would take for one another. */
const topics = ['a', 'a-1', 'a-1-2', 'orders.v2', '__proto__', '1', 'Orders_V2'];

const anyPosition = fc.record({
  topic: fc.constantFrom(...topics),
  partition: fc.integer({ min: 0, max: 12 }),
  offset: fc.maxSafeNat(),
});

const anyBatch = fc.uniqueArray(anyPosition, {
  maxLength: 40,
  selector: ({ topic, partition, offset }) => JSON.stringify([topic, partition, offset]),
});

describe('I5', () => {
  test('the answer names only topic-partitions and offsets of the event, each once, with its key and a number', async () => {
    const arguments_ = [anyBatch, fc.func(fc.boolean()), anyOrdering, anyConcurrency] as const;
    await fc.assert(
      fc.asyncProperty(...arguments_, async (positions, fails, ordering, concurrency) => {
        const event = buildKafkaEvent(positions.map(aRecord));
        const handle = ({
          topic,
          partition,
          offset,
        }: {
          topic: string;
          partition: number;
          offset: number;
        }) => {
          if (fails(topic, partition, offset)) throw new Error('not now');
        };
        const handler = kafkaHandler({ value: bytes, handle, ordering, concurrency });
        const answer = await handler(event, aLambdaContext());
        const allowed = Object.entries(event.records).flatMap(([partition, records]) =>
          records.map(({ offset }) => JSON.stringify({ itemIdentifier: { partition, offset } })),
        );
        const named = answer.batchItemFailures.map((failure) => JSON.stringify(failure));
        expect(Object.keys(answer)).toEqual(['batchItemFailures']);
        expect(named.filter((failure) => !allowed.includes(failure))).toEqual([]);
        expect(new Set(named).size).toBe(named.length);
      }),
      { numRuns: 300 },
    );
  });
});
