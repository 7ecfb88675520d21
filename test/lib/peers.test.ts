import { describe, expect, test } from 'vitest';
import { bytes, type ConsumerRecord, json, kafkaHandler, text } from '../../lib/index.ts';
import '../../lib/testing/vitest.ts';
import { aLambdaContext, aRecord, buildKafkaEvent, playMapping } from '../../lib/testing/index.ts';

/** What other libraries for the same event get wrong; docs/migrating.md shows some of it with the libraries themselves. */
describe('a defect of its peers that the runtime does not have:', () => {
  test('JSON that is cut off is handed over as text', async () => {
    const seen: unknown[] = [];
    const handler = kafkaHandler({ value: json(), handle: ({ value }) => void seen.push(value) });
    expect(await handler(buildKafkaEvent([aRecord({ value: '{"n":1' })]), aLambdaContext())).toReportFailures(
      ['order-events-0@0'],
    );
    expect(seen).toEqual([]);
  });

  test('one bad record fails the whole batch, the other partitions included', async () => {
    const handler = kafkaHandler({ value: json(), handle: () => {} });
    const records = [aRecord({ value: '{' }), aRecord({ partition: 1 }), aRecord({ topic: 'refunds' })];
    expect(await handler(buildKafkaEvent(records), aLambdaContext())).toReportFailures(['order-events-0@0']);
  });

  test('records of one partition run at the same time', async () => {
    const happened: string[] = [];
    const handle = async ({ offset }: ConsumerRecord<Buffer>) => {
      happened.push(`${offset} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      happened.push(`${offset} ends`);
    };
    await kafkaHandler({ value: bytes, handle })(
      buildKafkaEvent([0, 1].map((offset) => aRecord({ offset }))),
      aLambdaContext(),
    );
    expect(happened).toEqual(['0 begins', '0 ends', '1 begins', '1 ends']);
  });

  test.each([
    ['that are absent', undefined],
    ['that are null', null],
    ['with one whose value is null', [{ trace: null }]],
    ['with one that has lost its name', [{}]],
    ['with an entry that is null', [null]],
    ['that are no list', 'trace=1'],
  ])('headers %s make the record fail', async (_, headers) => {
    const seen: unknown[] = [];
    const handler = kafkaHandler({
      value: bytes,
      handle: (record) => void seen.push(record.headers.text('trace'), Array.from(record.headers)),
    });
    const [raw] = buildKafkaEvent([aRecord()]).records['order-events-0'] ?? [];
    const event = { records: { 'order-events-0': [{ ...raw, headers }] } };
    expect(await handler(event, aLambdaContext())).toSucceed();
    expect(seen).toEqual([undefined, []]);
  });

  test('bytes that begin with 0x03 are taken for a frame of the Glue Schema Registry', async () => {
    const seen: unknown[] = [];
    const handler = kafkaHandler({ value: text, handle: ({ value }) => void seen.push(value) });
    await handler(buildKafkaEvent([aRecord({ value: '\u0003\u0000 plain' })]), aLambdaContext());
    expect(seen).toEqual(['\u0003\u0000 plain']);
  });

  test('an event that was handled cannot be handled again, for it was changed', async () => {
    const handler = kafkaHandler({ value: json(), handle: () => {} });
    const event = buildKafkaEvent([aRecord({ value: { n: 1 }, headers: [['h', 'x']] })]);
    expect(await handler(event, aLambdaContext())).toSucceed();
    expect(await handler(event, aLambdaContext())).toSucceed();
    expect(event).toEqual(buildKafkaEvent([aRecord({ value: { n: 1 }, headers: [['h', 'x']] })]));
  });

  test('a retry, which has records and nothing else, is not known for a Kafka event', async () => {
    const attempts: number[] = [];
    const handle = ({ offset }: ConsumerRecord<Buffer>) => {
      attempts.push(offset);
      if (attempts.length === 1) throw new Error('not now');
    };
    const play = await playMapping(kafkaHandler({ value: bytes, handle }), [aRecord({ offset: 7 })]);
    expect(Object.keys(play.deliveries[1]?.event ?? {})).toEqual(['records']);
    expect(play.resolved).toEqual(['order-events-0@7']);
  });

  test.each(['listed-only', 'from-lowest'] as const)(
    'what follows the first failure is lost where only the failure is reported and answers are read as %s',
    async (reading) => {
      const done: number[] = [];
      let failures = 1;
      const handle = ({ offset }: ConsumerRecord<Buffer>) => {
        if (offset === 1 && failures-- > 0) throw new Error('not now');
        done.push(offset);
      };
      const records = [0, 1, 2].map((offset) => aRecord({ offset }));
      const play = await playMapping(kafkaHandler({ value: bytes, handle }), records, {
        reading,
        effects: done,
      });
      expect(play.effects).toEqual([0, 1, 2]);
    },
  );

  test('a field is decoded again each time that it is read', async () => {
    let decoded = 0;
    const counting = { name: 'counting', decode: () => ++decoded };
    const handler = kafkaHandler({
      value: counting,
      handle: (record) => {
        expect([record.value, record.value, record.value]).toEqual([1, 1, 1]);
      },
    });
    expect(await handler(buildKafkaEvent([aRecord()]), aLambdaContext())).toSucceed();
    expect(decoded).toBe(1);
  });
});

describe('input that nobody should send', () => {
  test('10,000 headers cost nothing until they are asked for, and then are all there', async () => {
    const headers = Array.from({ length: 10_000 }, (_, index) => [`h${index % 100}`, String(index)] as const);
    const seen: unknown[] = [];
    const handler = kafkaHandler({
      value: bytes,
      handle: (record) => void seen.push(record.headers.text('h7'), record.headers.all('h7').length),
    });
    expect(await handler(buildKafkaEvent([aRecord({ headers })]), aLambdaContext())).toSucceed();
    expect(seen).toEqual(['9907', 100]);
  });

  test('a value of 6 MB is a value like any other', async () => {
    const seen: number[] = [];
    const handler = kafkaHandler({
      value: json(),
      handle: ({ value }) => void seen.push(String(value).length),
    });
    const record = aRecord({ value: JSON.stringify('x'.repeat(6 * 1_024 * 1_024)) });
    expect(await handler(buildKafkaEvent([record]), aLambdaContext())).toSucceed();
    expect(seen).toEqual([6_291_456]);
  });

  test.each([Number.NaN, -1, 1.5, 2 ** 53, '7', null])(
    'an offset of %j is refused with the whole batch, for no answer could name it',
    async (offset) => {
      const [raw] = buildKafkaEvent([aRecord()]).records['order-events-0'] ?? [];
      const event = { records: { 'order-events-0': [{ ...raw, offset }] } };
      await expect(
        kafkaHandler({ value: bytes, handle: () => {} })(event, aLambdaContext()),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^(UNSAFE_OFFSET|NOT_A_KAFKA_EVENT)$/),
      });
    },
  );

  test.each([7, true, ['a'], { a: 1 }])(
    'a key that is %j instead of base64 fails its record alone',
    async (key) => {
      const [raw] = buildKafkaEvent([aRecord()]).records['order-events-0'] ?? [];
      const event = {
        records: {
          'order-events-0': [{ ...raw, key }],
          ...buildKafkaEvent([aRecord({ partition: 1 })]).records,
        },
      };
      for (const ordering of ['partition', 'key', 'none'] as const) {
        const answer = await kafkaHandler({ value: bytes, ordering, handle: () => {} })(
          event,
          aLambdaContext(),
        );
        expect(answer).toReportFailures(['order-events-0@0']);
      }
    },
  );
});
