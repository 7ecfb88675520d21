import type { Handler, MSKEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConsumerRecord, kafkaHandler, text } from '../../../lib/index.ts';
import { aBatch, aLambdaContext, aRecord, type Delivery, playMapping } from '../../../lib/testing/index.ts';

const three = [0, 1, 2].map((offset) => aRecord({ offset, value: `v${offset}` }));
const positions = ({ records }: Delivery) => records.map(({ offset }) => offset);

/** A consumer that adds the values it was given to a list, and fails at some of them once. */
function aConsumer(...failingOnce: readonly string[]) {
  const effects: string[] = [];
  const failing = new Set(failingOnce);
  const handle = ({ value }: ConsumerRecord<string>) => {
    if (failing.delete(value ?? '')) throw new Error('not now');
    effects.push(value ?? 'tombstone');
  };
  return { effects, handler: kafkaHandler({ value: text, ordering: 'none', handle }) };
}

describe('playMapping', () => {
  test('delivers until all is resolved, and tells what each delivery did', async () => {
    const { handler, effects } = aConsumer('v1');
    const play = await playMapping(handler, three, { effects });
    expect(play.deliveries.map((delivery) => [positions(delivery), delivery.effects])).toEqual([
      [
        [0, 1, 2],
        ['v0', 'v2'],
      ],
      [[1], ['v1']],
    ]);
    expect(play.effects).toEqual(['v0', 'v2', 'v1']);
    expect(play.resolved).toEqual(['order-events-0@0', 'order-events-0@2', 'order-events-0@1']);
    expect(play.unresolved).toEqual([]);
  });

  test('commits no further than the first record that is not resolved', async () => {
    const { handler } = aConsumer('v1');
    const play = await playMapping(handler, [...three, aRecord({ partition: 1, offset: 9, value: 'x' })]);
    expect(play.commits).toEqual([
      { delivery: 1, partition: 'order-events-0', offset: 1 },
      { delivery: 1, partition: 'order-events-1', offset: 10 },
      { delivery: 2, partition: 'order-events-0', offset: 3 },
    ]);
  });

  test('sends again what follows a failure too, when it reads answers from the lowest offset on', async () => {
    const { handler, effects } = aConsumer('v1');
    const play = await playMapping(handler, three, { reading: 'from-lowest', effects });
    expect(play.deliveries.map(positions)).toEqual([
      [0, 1, 2],
      [1, 2],
    ]);
    expect(play.effects).toEqual(['v0', 'v2', 'v1', 'v2']);
  });

  test('makes a retry thin, or full on demand', async () => {
    for (const retries of ['thin', 'full'] as const) {
      const { handler } = aConsumer('v1');
      const { deliveries } = await playMapping(handler, three, { retries });
      expect(deliveries.map(({ event }) => 'eventSource' in event)).toEqual([true, retries === 'full']);
    }
  });

  test('shows what an answer that is lost costs: everything is done again', async () => {
    const { handler, effects } = aConsumer();
    const play = await playMapping(handler, three, { faults: ['answer-lost'], effects });
    expect(play.deliveries.map(({ fault, answer }) => [fault, answer])).toEqual([
      ['answer-lost', undefined],
      [undefined, { batchItemFailures: [] }],
    ]);
    expect(play.effects).toEqual(['v0', 'v1', 'v2', 'v0', 'v1', 'v2']);
  });

  test('does nothing where the function is not reached, and everything twice where two environments have the batch', async () => {
    const { handler, effects } = aConsumer();
    const play = await playMapping(handler, three.slice(0, 1), {
      faults: (delivery) => (delivery === 1 ? 'not-reached' : 'delivered-twice'),
      effects,
    });
    expect(play.deliveries.map((delivery) => delivery.effects)).toEqual([[], ['v0', 'v0']]);
  });

  test('splits what it delivers into batches, and retries of several partitions on demand', async () => {
    const seen: number[] = [];
    const handler = async (event: unknown) => {
      seen.push(Object.values(Object(event).records).flat().length);
      throw new Error('always');
    };
    const records = [...three, aRecord({ partition: 1 })];
    await playMapping(handler, records, { batchSize: 3, patience: 1 });
    await playMapping(handler, records, { grouping: 'per-partition', patience: 2 });
    expect(seen).toEqual([3, 1, 4, 3, 1]);
  });

  test('keeps later records of a partition waiting until the earlier ones are resolved, and no other partition', async () => {
    const { handler, effects } = aConsumer('v1');
    const records = [...three, aRecord({ offset: 3, value: 'v3' })];
    const beside = aRecord({ partition: 1, offset: 0, value: 'beside' });
    const play = await playMapping(handler, [...records, beside], { batchSize: 2, effects });
    expect(play.deliveries.map(positions)).toEqual([[0, 1], [0], [1], [2, 3]]);
    expect(play.effects).toEqual(['v0', 'beside', 'v1', 'v2', 'v3']);
    expect(play.commits.map(({ partition, offset }) => `${partition}@${offset}`)).toEqual([
      'order-events-0@1',
      'order-events-1@1',
      'order-events-0@2',
      'order-events-0@4',
    ]);
  });

  test('brings everything after the committed offset again when the partitions go to another poller', async () => {
    const { handler, effects } = aConsumer('v1');
    const faults = [undefined, 'rebalanced'] as const;
    const records = [
      ...three,
      aRecord({ partition: 1, value: 'beside' }),
      aRecord({ offset: 3, value: 'v3' }),
    ];
    const play = await playMapping(handler, records, { batchSize: 4, faults, effects });
    expect(play.deliveries.map((delivery) => delivery.effects)).toEqual([
      ['v0', 'v2', 'beside'],
      ['v1'],
      ['v1', 'v2'],
      ['v3'],
    ]);
    expect(
      play.commits.map(({ delivery, partition, offset }) => `${delivery}: ${partition}@${offset}`),
    ).toEqual(['1: order-events-0@1', '1: order-events-1@1', '3: order-events-0@3', '4: order-events-0@4']);
    expect(play.resolved).toHaveLength(5);
    expect(play.unresolved).toEqual([]);
  });

  test('commits nothing that was done before the partitions went to another poller and fails after', async () => {
    const faults = [undefined, 'rebalanced'] as const;
    let calls = 0;
    // The second record fails once, and the third from its second delivery on.
    const handle = ({ offset }: ConsumerRecord<string>) => {
      calls++;
      if ((offset === 1 && calls < 4) || (offset === 2 && calls > 3)) throw new Error('not now');
    };
    const handler = kafkaHandler({ value: text, ordering: 'none', handle });
    const play = await playMapping(handler, three, { faults, patience: 4 });
    expect(play.commits.at(-1)).toEqual({ delivery: 3, partition: 'order-events-0', offset: 2 });
    expect(play.unresolved).toEqual(['order-events-0@2']);
  });

  test('takes an answer that is no JSON for an error of the function', async () => {
    const { deliveries } = await playMapping(() => ({ batchItemFailures: 7n }), three, { patience: 1 });
    expect(String(deliveries[0]?.error)).toContain('BigInt');
  });

  test('gives up a partition whose records fail for ever, and none beside it', async () => {
    const { handler, effects } = aConsumer();
    const broken = (event: unknown, context: ReturnType<typeof aLambdaContext>) => {
      if ('order-events-0' in Object(event).records) throw new Error('always');
      return handler(event, context);
    };
    const records = [...three, aRecord({ partition: 1, value: 'beside' })];
    const play = await playMapping(broken, records, { batchSize: 1, patience: 3, effects });
    expect(play.deliveries.map(positions)).toEqual([[0], [0], [0], [0]]);
    expect(play.unresolved).toEqual(['order-events-0@0', 'order-events-0@1', 'order-events-0@2']);
    expect(play.effects).toEqual(['beside']);
  });

  test('delivers every record once under any batch size when none fails', async () => {
    const counts = fc.array(fc.nat({ max: 2 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 25 }), async (partitions, batchSize) => {
        const records = aBatch(partitions.map((partition) => ({ partition, value: 'x' })));
        const { handler, effects } = aConsumer();
        const play = await playMapping(handler, records, { batchSize, effects });
        expect(play.deliveries.flatMap((delivery) => delivery.records)).toEqual(records);
        expect(play.unresolved).toEqual([]);
      }),
    );
  });

  test.each([
    [
      'two records that were given no offset',
      [aRecord(), aRecord()],
      {},
      'order-events-0@0 after order-events-0@0',
    ],
    ['falling offsets', three.toReversed(), {}, 'order-events-0@1 after order-events-0@2'],
    [
      'a batch size of 0',
      three,
      { batchSize: 0 },
      'the option batchSize is 0, expected a whole number from 1',
    ],
    ['no patience', three, { patience: Number.NaN }, 'the option patience is NaN'],
  ])('refuses %s, and says what is wrong', async (_, records, options, text) => {
    await expect(playMapping(() => undefined, records, options)).rejects.toThrow(text);
  });

  test('takes a function with the types of AWS, and calls it as Lambda does', async () => {
    const seen: number[] = [];
    const handler: Handler<MSKEvent> = async (event, context) => {
      seen.push(Object.keys(event.records).length, context.getRemainingTimeInMillis());
    };
    await playMapping(handler, three);
    expect(seen).toEqual([1, 30_000]);
  });

  test('is given up when patience ends, and says what was still coming', async () => {
    const handler = () => Promise.reject(new Error('always'));
    const play = await playMapping(handler, three.slice(0, 1), { patience: 3 });
    expect(play.deliveries.map(({ error }) => String(error))).toEqual(Array(3).fill('Error: always'));
    expect(play.unresolved).toEqual(['order-events-0@0']);
    expect(play.commits).toEqual([]);
  });

  test.each([
    ['names a record of another batch', { partition: 'order-events-0', offset: 9 }],
    ['names a partition that is not there', { partition: 'order-events-7', offset: 0 }],
    ['has its offset as text', { partition: 'order-events-0', offset: '0' }],
    ['is text, as for SQS', 'order-events-0-0'],
  ])('delivers the whole batch again when an identifier %s', async (_, itemIdentifier) => {
    const play = await playMapping(() => ({ batchItemFailures: [{ itemIdentifier }] }), three, {
      patience: 2,
    });
    expect(play.deliveries.map(positions)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(String(play.deliveries[0]?.error)).toContain('the answer is not valid');
  });

  test.each([undefined, null, {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
    'takes %j for success, as Lambda does',
    async (answer) => {
      expect((await playMapping(() => answer, three)).unresolved).toEqual([]);
    },
  );

  test('finds out a function that changes the event it was given', async () => {
    const handler = (event: unknown) => {
      Object(event).records = [];
    };
    const { deliveries } = await playMapping(handler, three, { patience: 1 });
    expect(String(deliveries[0]?.error)).toContain('read only');
  });

  test('gives each invocation the context it was asked for', async () => {
    const remaining: number[] = [];
    const handler = (_: unknown, context: { readonly getRemainingTimeInMillis: () => number }) => {
      remaining.push(context.getRemainingTimeInMillis());
    };
    await playMapping(handler, three, { context: () => aLambdaContext({ timeout: 700 }) });
    expect(remaining).toEqual([700]);
  });
});
