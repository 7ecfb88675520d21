import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { json, kafkaHandler, PermanentError } from '../../../lib/index.ts';
import { openTelemetry } from '../../../lib/telemetry/opentelemetry/open-telemetry.ts';
import { aLambdaContext, aRecord, buildKafkaEvent, type TestRecord } from '../../../lib/testing/index.ts';

const spans = new InMemorySpanExporter();
const measured = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const tracer = new TracerProvider({
  spanProcessors: [new SimpleSpanProcessor({ exporter: spans })],
}).getTracer('test');
const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 3_600_000 });
const meters = new MeterProvider({ readers: [reader] });

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
});
beforeEach(() => spans.reset());
afterAll(async () => {
  await meters.shutdown();
  context.disable();
  propagation.disable();
});

const secret = 's3cr3t';
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

async function run(records: readonly TestRecord[], handle: (value: unknown) => unknown = () => undefined) {
  const options = { tracer, meter: meters.getMeter('test'), group: 'billing' };
  const { observer, traced } = openTelemetry({ ...options, now: () => Date.UTC(2026, 10, 23, 10, 1) });
  const handler = kafkaHandler({
    value: json(),
    observer,
    park: () => {},
    handle: traced(({ value }) => handle(value)),
  });
  await handler(buildKafkaEvent(records), aLambdaContext());
  return spans.getFinishedSpans();
}

describe('the span of a record', () => {
  test('is a consumer span in the words of the conventions, linked to the producer', async () => {
    const [span] = await run([
      aRecord({ partition: 2, offset: 1042, key: secret, headers: [['traceparent', traceparent]] }),
    ]);
    expect(span?.name).toBe('process order-events');
    expect(span?.kind).toBe(4);
    expect(span?.attributes).toEqual({
      'messaging.system': 'kafka',
      'messaging.system.name': 'kafka',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'order-events',
      'messaging.destination.partition.id': '2',
      'messaging.consumer.group.name': 'billing',
      'messaging.kafka.offset': 1042,
    });
    expect(span?.links.map((link) => [link.context.traceId, link.context.spanId])).toEqual([
      ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'],
    ]);
    expect(span?.spanContext().traceId).not.toBe('0af7651916cd43dd8448eb211c80319c');
  });

  test('is a child of the span of the invocation, and the parent of what handle starts, beside others', async () => {
    await tracer.startActiveSpan('invocation', async (invocation) => {
      await run([aRecord(), aRecord({ partition: 1 })], async () => {
        await new Promise((resolve) => setImmediate(resolve));
        tracer.startSpan('PutItem').end();
      });
      invocation.end();
    });
    const finished = spans.getFinishedSpans();
    const named = (name: string) => finished.filter((span) => span.name === name);
    const [invocation] = named('invocation');
    const records = named('process order-events');
    expect(records.map((span) => span.parentSpanContext?.spanId)).toEqual(
      Array(2).fill(invocation?.spanContext().spanId),
    );
    expect(new Set(named('PutItem').map((span) => span.parentSpanContext?.spanId))).toEqual(
      new Set(records.map((span) => span.spanContext().spanId)),
    );
  });

  test('hands no propagator a header longer than any trace context', async () => {
    const read: unknown[] = [];
    propagation.disable();
    propagation.setGlobalPropagator({
      inject: () => {},
      extract: (given, carrier, getter) => {
        read.push(String(getter.get(carrier, 'traceparent')).length);
        return given;
      },
      fields: () => [],
    });
    await run(
      [8_192, 8_193].map((size, offset) => aRecord({ offset, headers: { traceparent: 'x'.repeat(size) } })),
    );
    propagation.disable();
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    expect(read).toEqual([8_192, 'undefined'.length]);
  });

  test('ends when the work has ended, also where that is a thenable whose then returns nothing', async () => {
    let ended = false;
    class Later {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then(resolve: () => void) {
        setImmediate(() => {
          ended = true;
          resolve();
        });
      }
    }
    expect(await run([aRecord()], () => new Later())).toHaveLength(1);
    expect(ended).toBe(true);
  });

  test.each([
    [
      'a handle that throws',
      () => {
        throw new TypeError(secret);
      },
    ],
    [
      'a handle that rejects',
      async () => {
        throw new TypeError(secret);
      },
    ],
  ])('is an error with the class alone after %s', async (_, handle) => {
    const [span] = await run([aRecord({ value: { secret } })], handle);
    expect(span?.status).toEqual({ code: 2 });
    expect(span?.attributes['error.type']).toBe('TypeError');
    expect(span?.events).toEqual([]);
  });

  test('is there for a record that could not be decoded, which never reached handle', async () => {
    const [span, ...others] = await run([aRecord({ offset: 7, value: `{"${secret}` })]);
    expect(others).toEqual([]);
    expect(span?.attributes).toMatchObject({ 'messaging.kafka.offset': 7, 'error.type': 'INVALID_JSON' });
  });

  test('says that the record is a tombstone', async () => {
    const [span] = await run([aRecord({ value: null })]);
    expect(span?.attributes['messaging.kafka.message.tombstone']).toBe(true);
  });

  test.each([
    ['none', []],
    ['a broken one', [['traceparent', '00-zz-01']]],
    ['one of 9,000 bytes', [['traceparent', traceparent.padEnd(9_000, '0')]]],
    ['bytes that are no text', [['traceparent', Uint8Array.of(0xff, 0xfe)]]],
    ['one among 10,000 headers, and not of its name', Array(10_000).fill(['x', traceparent])],
  ] as const)('has no link when the headers have %s', async (_, headers) => {
    const [span] = await run([aRecord({ headers })]);
    expect(span?.links).toEqual([]);
  });

  test('quotes nothing of what is in the record', async () => {
    const records = [
      aRecord({ key: secret, value: { secret }, headers: [['customer', secret]] }),
      aRecord({ offset: 1, key: secret, value: `{"${secret}` }),
    ];
    const finished = await run(records, () => {
      throw new PermanentError(secret, { cause: secret });
    });
    expect(finished.length).toBe(2);
    expect(
      JSON.stringify(
        finished.map(({ name, attributes, status, events }) => [name, attributes, status, events]),
      ),
    ).not.toContain(secret);
  });
});

test('counts records by topic and outcome, and tells size, ages and what is left of the time', async () => {
  await reader.forceFlush();
  measured.reset();
  await run(
    [aRecord(), aRecord({ offset: 1, value: '{' }), aRecord({ partition: 1, value: { fails: true } })],
    (value) => {
      if (Object(value).fails) throw new Error('not now');
    },
  );
  await reader.forceFlush();
  const points = measured
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map((point) => ({
        name: descriptor.name,
        attributes: point.attributes,
        value: point.value,
      })),
    );
  const outcomes = points.filter(({ name }) => name === 'lanewise.records');
  expect(outcomes.map(({ attributes, value }) => [attributes['lanewise.outcome'], value])).toEqual([
    ['done', 1],
    ['parked', 1],
    ['failed', 1],
  ]);
  expect(outcomes[0]?.attributes).toEqual({
    'messaging.system': 'kafka',
    'messaging.system.name': 'kafka',
    'messaging.operation.name': 'process',
    'messaging.destination.name': 'order-events',
    'messaging.consumer.group.name': 'billing',
    'lanewise.outcome': 'done',
  });
  const sums = Object.fromEntries(
    points.map(({ name, value }) => [name, typeof value === 'number' ? value : Object(value).sum]),
  );
  expect(sums).toMatchObject({
    'lanewise.decode_errors': 1,
    'lanewise.batch.size': 3,
    'lanewise.batch.oldest_record_age': 60,
    'lanewise.batch.oldest_unresolved_age': 60,
    'lanewise.batch.time_budget_left': 30,
  });
  expect(
    points
      .filter(({ name }) => name === 'messaging.process.duration')
      .map(({ attributes }) => attributes['error.type']),
  ).toEqual([undefined, 'Error']);
});

test('does nothing without an SDK, and changes nothing', async () => {
  const { observer, traced } = openTelemetry();
  const handler = kafkaHandler({ value: json(), observer, handle: traced(() => undefined) });
  expect(trace.getActiveSpan()).toBeUndefined();
  expect(await handler(buildKafkaEvent([aRecord()]), aLambdaContext())).toEqual({ batchItemFailures: [] });
});
