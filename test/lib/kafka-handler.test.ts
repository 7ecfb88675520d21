import { describe, expect, test } from 'vitest';
import {
  bytes,
  type ConsumerRecord,
  json,
  kafkaHandler,
  LanewiseError,
  PermanentError,
  text,
} from '../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../lib/testing/index.ts';
import { remembering, runBatch } from '../support/run-batch.ts';

const fiveRecords = [0, 1, 2, 3, 4].map((offset) => aRecord({ offset }));

describe('the answer', () => {
  test('is explicit when every record is done, because a missing answer would mean the same in silence', async () => {
    const handler = kafkaHandler({ value: bytes, handle: () => undefined });
    expect(await handler(buildKafkaEvent(fiveRecords), aLambdaContext())).toEqual({ batchItemFailures: [] });
    expect(await handler({ records: {} }, aLambdaContext())).toEqual({ batchItemFailures: [] });
  });

  test('reports the failed record and the whole rest of its partition, not the failed record alone', async () => {
    const { handle, seen } = remembering('order-events-0@2');
    expect(await runBatch(fiveRecords, { handle })).toEqual([
      'order-events-0@2',
      'order-events-0@3',
      'order-events-0@4',
    ]);
    expect(seen).toEqual(['order-events-0@0', 'order-events-0@1', 'order-events-0@2']);
  });

  test('leaves out the partitions beside a failed one', async () => {
    const beside = aRecord({ partition: 1, offset: 9 });
    const { handle, seen } = remembering('order-events-0@0');
    expect(await runBatch([...fiveRecords, beside], { handle })).not.toContain('order-events-1@9');
    expect(seen).toContain('order-events-1@9');
  });

  test('reports a failed key with the rest of that key alone', async () => {
    const records = ['a', 'b', 'a', 'b', 'a'].map((key, offset) => aRecord({ key, offset }));
    const { handle } = remembering('order-events-0@2');
    expect(await runBatch(records, { handle, ordering: 'key' })).toEqual([
      'order-events-0@2',
      'order-events-0@4',
    ]);
  });

  test('reports exactly the failures without an order', async () => {
    const { handle, seen } = remembering('order-events-0@1', 'order-events-0@3');
    expect(await runBatch(fiveRecords, { handle, ordering: 'none' })).toEqual([
      'order-events-0@1',
      'order-events-0@3',
    ]);
    expect(seen.length).toBe(5);
  });

  test('for 10,000 failures of a topic with the longest name stays below the 6 MB that Lambda takes', async () => {
    const topic = 't'.repeat(249);
    const records = Array.from({ length: 10_000 }, (_, index) => aRecord({ topic, offset: 2 ** 52 + index }));
    const handler = kafkaHandler({ value: bytes, handle: () => Promise.reject(new Error('not now')) });
    const answer = await handler(buildKafkaEvent(records), aLambdaContext());
    expect(answer.batchItemFailures.length).toBe(10_000);
    expect(JSON.stringify(answer).length).toBeLessThan(6_000_000);
  });

  test('is an error instead when the mapping reads no partial responses and a record failed', async () => {
    const { handle } = remembering('order-events-0@4');
    await expect(runBatch(fiveRecords, { handle, response: 'whole-batch' })).rejects.toMatchObject({
      code: 'BATCH_INCOMPLETE',
      message: expect.stringContaining('1 of 5 records'),
    });
    expect(await runBatch(fiveRecords, { response: 'whole-batch' })).toEqual([]);
  });
});

describe('a batch', () => {
  test('is known by its records, so that a thin retry is handled like a first delivery', async () => {
    const { handle, seen } = remembering();
    const handler = kafkaHandler({ value: bytes, handle });
    const thin = buildKafkaEvent([aRecord({ offset: 43 })]);
    expect(Object.keys(thin)).toEqual(['records']);
    await handler(thin, aLambdaContext());
    expect(seen).toEqual(['order-events-0@43']);
  });

  test('can be handled twice: the event is left as it was', async () => {
    const event = buildKafkaEvent([
      aRecord({ value: { n: 1 }, key: 'a', headers: [['h', 'x']] }),
      aRecord({ offset: 1, value: '{"broken' }),
    ]);
    const before = structuredClone(event);
    const seen: unknown[] = [];
    const handler = kafkaHandler({
      value: json(),
      handle: (record) => void seen.push([record.value, record.key, record.headers.text('h')]),
    });
    const first = await handler(event, aLambdaContext());
    expect(await handler(event, aLambdaContext())).toEqual(first);
    expect(event).toEqual(before);
    expect(seen).toEqual([
      [{ n: 1 }, 'a', 'x'],
      [{ n: 1 }, 'a', 'x'],
    ]);
  });

  test('out of order, which AWS is not known to send, is still handled in offset order', async () => {
    const { handle, seen } = remembering();
    const event = buildKafkaEvent([5, 3, 4].map((offset) => aRecord({ offset })));
    const before = structuredClone(event);
    await kafkaHandler({ value: bytes, handle })(event, aLambdaContext());
    expect(event).toEqual(before);
    expect(seen).toEqual(['order-events-0@3', 'order-events-0@4', 'order-events-0@5']);
  });

  test('keeps topic a-1 partition 2 and topic a partition 12 apart', async () => {
    const records = [aRecord({ topic: 'a-1', partition: 2 }), aRecord({ topic: 'a', partition: 12 })];
    const { handle } = remembering('a-1-2@0');
    expect(await runBatch(records, { handle })).toEqual(['a-1-2@0']);
  });

  test('runs under a wrapper that hands over its own event and context objects', async () => {
    const { handle, seen } = remembering('order-events-0@4');
    const handler = kafkaHandler({ value: bytes, handle });
    const wrapped = async (event: object, context: object) =>
      handler({ ...event }, { ...aLambdaContext(), ...context, wrapped: true } as ReturnType<
        typeof aLambdaContext
      >);
    const answer = await wrapped(buildKafkaEvent(fiveRecords), {});
    expect(answer.batchItemFailures.length).toBe(1);
    expect(seen.length).toBe(5);
  });
});

describe('a record', () => {
  test('that is not JSON is never handed over as text: it fails alone', async () => {
    const seen: unknown[] = [];
    const records = [aRecord({ value: '{"n":1' }), aRecord({ partition: 1, value: { n: 2 } })];
    const failed = await runBatch(records, {
      value: json(),
      handle: (record) => void seen.push(record.value),
    });
    expect(failed).toEqual(['order-events-0@0']);
    expect(seen).toEqual([{ n: 2 }]);
  });

  test('that cannot be decoded is parked with its position, and its lane moves on', async () => {
    const parked: string[] = [];
    const { handle, seen } = remembering();
    const failed = await runBatch([aRecord({ value: 'nope' }), aRecord({ offset: 1 })], {
      value: json(),
      handle,
      park: (record, error) =>
        void parked.push(`${error.message} | ${record} ${record.valueBase64} ${record.value}`),
    });
    expect(failed).toEqual([]);
    expect(seen).toEqual(['order-events-0@1']);
    expect(parked).toEqual([
      'value is not JSON of 4 bytes at order-events-0@0 | order-events-0@0 bm9wZQ== undefined',
    ]);
  });

  test('that handle calls permanent is parked as it was decoded', async () => {
    const parked: unknown[] = [];
    const failed = await runBatch(fiveRecords.slice(0, 1), {
      value: json(),
      handle: () => {
        throw new PermanentError('no such customer', { code: 'UNKNOWN_CUSTOMER' });
      },
      park: async (record, error) => void parked.push(record.value, error.message),
    });
    expect(failed).toEqual([]);
    expect(parked).toEqual([{}, 'no such customer']);
  });

  test('that cannot be parked fails, and its lane stops', async () => {
    const { handle, seen } = remembering();
    const records = [aRecord({ value: 'nope' }), aRecord({ offset: 1 })];
    const park = () => Promise.reject(new Error('queue gone'));
    expect(await runBatch(records, { value: json(), handle, park })).toEqual([
      'order-events-0@0',
      'order-events-0@1',
    ]);
    expect(seen).toEqual([]);
  });

  test('that may succeed later is not parked', async () => {
    const parked: unknown[] = [];
    const { handle } = remembering('order-events-0@4');
    const failed = await runBatch(fiveRecords, { handle, park: (record) => void parked.push(record) });
    expect(failed).toEqual(['order-events-0@4']);
    expect(parked).toEqual([]);
  });

  test('that is a tombstone reaches handle with a null value, and no codec', async () => {
    const seen: unknown[] = [];
    const never = {
      name: 'never',
      decode: (content: Buffer) => expect.fail(`called with ${content.length} bytes`),
    };
    const handle = (record: ConsumerRecord<unknown, unknown>) => void seen.push(record.value, record.key);
    expect(
      await runBatch([aRecord({ value: null, key: null })], { value: never, key: never, handle }),
    ).toEqual([]);
    expect(seen).toEqual([null, null]);
  });

  test('with an empty key or value is told from one without', async () => {
    const seen: unknown[] = [];
    const records = [aRecord({ value: '', key: '' }), aRecord({ offset: 1, value: null, key: null })];
    await runBatch(records, {
      value: text,
      key: text,
      handle: (record) => void seen.push(record.value, record.key),
    });
    expect(seen).toEqual(['', '', null, null]);
  });

  test('may have a null key or value in either form: left out, or null', async () => {
    for (const nullStyle of ['omit', 'null'] as const) {
      const seen: unknown[] = [];
      const handler = kafkaHandler({
        value: json(),
        handle: (record) => void seen.push(record.key, record.value),
      });
      const event = buildKafkaEvent([aRecord({ value: null, key: null })], {}, { nullStyle });
      expect(await handler(event, aLambdaContext())).toEqual({ batchItemFailures: [] });
      expect(seen).toEqual([null, null]);
    }
  });
});

test('an option that is not allowed is refused when the function is initialized', () => {
  const make = (options: object) => () => kafkaHandler({ value: bytes, handle: () => {}, ...options });
  expect(make({ ordering: 'shard' })).toThrow(
    'the option ordering is shard, expected partition or key or none',
  );
  expect(make({ concurrency: 0 })).toThrow('the option concurrency is 0, expected a whole number from 1');
  expect(make({ concurrency: 1.5 })).toThrow(LanewiseError);
  expect(make({ deadlineMargin: -1 })).toThrow('the option deadlineMargin is -1');
  expect(make({ deadlineMargin: Number.NaN })).toThrow(LanewiseError);
  expect(make({ value: json })).toThrow(
    'the option value is function, expected json(schema), json(), text, bytes',
  );
  expect(make({ value: undefined })).toThrow(LanewiseError);
  expect(make({ key: 'text' })).toThrow(LanewiseError);
  expect(make({ handle: undefined })).toThrow('the option handle is undefined, expected a function');
  expect(make({ park: 'queue' })).toThrow(LanewiseError);
});
