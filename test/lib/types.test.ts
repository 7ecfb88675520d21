import type { Handler, MSKEvent } from 'aws-lambda';
import { describe, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import {
  bytes,
  type Codec,
  type ConsumerRecord,
  json,
  type KafkaBatchResponse,
  type KafkaHandlerOptions,
  kafkaHandler,
  type Observer,
  type RecordHeaders,
  text,
} from '../../lib/index.ts';
import { powertools } from '../../lib/telemetry/powertools/powertools.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../lib/testing/index.ts';

const Order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order.placed'), orderId: z.string(), total: z.number().default(0) }),
  z.object({ kind: z.literal('order.cancelled'), orderId: z.string() }),
]);

// The compiler is the test: `npm test` runs it over this file before Vitest does.
describe('what a user writes', () => {
  test('has the type of a value from its schema, or null for a tombstone', () => {
    kafkaHandler({
      value: json(Order),
      handle: async (record, context) => {
        expectTypeOf(record.value).toEqualTypeOf<z.output<typeof Order> | null>();
        expectTypeOf(record.key).toEqualTypeOf<string | null>();
        expectTypeOf(record.headers).toEqualTypeOf<RecordHeaders>();
        expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
        expectTypeOf(context.remainingTime()).toEqualTypeOf<number>();
      },
    });
  });

  test('has unknown for JSON without a schema, text for text and a Buffer for bytes', () => {
    kafkaHandler({ value: json(), handle: ({ value }) => expectTypeOf(value).toEqualTypeOf<unknown>() });
    kafkaHandler({ value: text, handle: ({ value }) => expectTypeOf(value).toEqualTypeOf<string | null>() });
    kafkaHandler({ value: bytes, handle: ({ value }) => expectTypeOf(value).toEqualTypeOf<Buffer | null>() });
  });

  test('has the type of the key from its codec', () => {
    const handle = ({ key }: ConsumerRecord<unknown, { readonly id: number }>) => key?.id;
    kafkaHandler({ value: json(), key: json(z.object({ id: z.number() })), handle });
    // @ts-expect-error the key is text where no codec is named for it
    kafkaHandler<unknown>({ value: json(), handle });
  });

  test('keeps its types inside what traces it', () => {
    const { traced } = powertools({});
    kafkaHandler({
      value: json(Order),
      handle: traced(async (record, context) => {
        expectTypeOf(record.value).toEqualTypeOf<z.output<typeof Order> | null>();
        expectTypeOf(record.key).toEqualTypeOf<string | null>();
        expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
      }),
    });
    kafkaHandler({
      value: json(Order),
      key: json(z.object({ id: z.number() })),
      handle: traced(({ key }) => expectTypeOf(key).toEqualTypeOf<{ id: number } | null>()),
    });
  });

  test('may be a codec of its own, synchronous or not', () => {
    const upper: Codec<string> = { name: 'upper', decode: (content) => content.toString().toUpperCase() };
    const later: Codec<number> = { name: 'later', decode: async (content) => content.length };
    kafkaHandler({
      value: later,
      key: upper,
      handle: (record) => expectTypeOf(record).toEqualTypeOf<ConsumerRecord<number, string>>(),
    });
  });

  test('is a handler of AWS, also with the types of @types/aws-lambda', () => {
    const handler = kafkaHandler({ value: json(Order), handle: () => {} });
    expectTypeOf(handler).toExtend<Handler<MSKEvent, KafkaBatchResponse>>();
    expectTypeOf(handler).toExtend<Handler<unknown, KafkaBatchResponse>>();
  });

  test('is called by a test of its own with the builders', () => {
    const handler = kafkaHandler({ value: json(Order), handle: () => {} });
    expectTypeOf(handler(buildKafkaEvent([aRecord()]), aLambdaContext())).toEqualTypeOf<
      Promise<KafkaBatchResponse>
    >();
    expectTypeOf(aLambdaContext()).toExtend<Parameters<Handler>[1]>();
  });

  test('is refused by the compiler where it can only be a mistake', () => {
    // @ts-expect-error json is to be called
    const value: KafkaHandlerOptions<string>['value'] = json;
    // @ts-expect-error there is no ordering by shard
    const ordering: KafkaHandlerOptions<string>['ordering'] = 'shard';
    // @ts-expect-error there is no such hook
    const observer: Observer = { recordLost: () => ordering };
    expectTypeOf({ observer, value }).toExtend<Partial<KafkaHandlerOptions<string>>>();
  });
});
