import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ConsumerRecord, json, type KafkaHandler, kafkaHandler } from '../../lib/index.ts';
import '../../lib/testing/vitest.ts';
import { aLambdaContext, aRecord, buildKafkaEvent, playMapping } from '../../lib/testing/index.ts';
import { loadTypescript } from '../support/run-typescript.ts';

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'shop');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'billing');
  for (const level of ['log', 'info'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void printed.push(line));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const records = [0, 1, 2].map((offset) => aRecord({ offset, value: { offset } }));
const event = () => buildKafkaEvent(records);

function failingAt(...offsets: readonly number[]): KafkaHandler {
  return kafkaHandler({
    value: json(),
    handle: ({ offset }: ConsumerRecord) => {
      if (offsets.includes(offset)) throw new Error('not now');
    },
  });
}

describe('a consumer', () => {
  test('runs plain, called by Lambda with its event and its context', async () => {
    expect(await failingAt()(event(), aLambdaContext())).toSucceed();
    expect(await failingAt(1)(event(), aLambdaContext())).toReportFailures([
      'order-events-0@1',
      'order-events-0@2',
    ]);
  });

  test('runs under middy, whose middleware sees the event before and the answer after', async () => {
    const seen: unknown[] = [];
    const handler = middy(failingAt(2))
      .before(({ event: given }) => void seen.push(Object.keys(Object(given))))
      .after(({ response }) => void seen.push(Object(response).batchItemFailures.length));
    expect(await handler(event(), aLambdaContext())).toReportFailures(['order-events-0@2']);
    expect(seen).toEqual([['records'], 1]);
  });

  test('runs under middy with the middleware of Powertools for logs, metrics and traces', async () => {
    const logger = new Logger();
    const metrics = new Metrics();
    const handler = middy(failingAt(0))
      .use(injectLambdaContext(logger))
      .use(captureLambdaHandler(new Tracer({ enabled: false })))
      .use(logMetrics(metrics))
      .before(() => {
        logger.info('begins');
        metrics.addMetric('Batches', 'Count', 1);
      });
    expect(await handler(event(), aLambdaContext({ functionName: 'billing' }))).toReportFailures([
      'order-events-0@0',
      'order-events-0@1',
      'order-events-0@2',
    ]);
    const lines = printed.map((line) => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ message: 'begins', function_name: 'billing' }));
    expect(lines).toContainEqual(expect.objectContaining({ Batches: 1 }));
  });

  test('is retried under middy as it is without, whatever is lost on the way', async () => {
    const effects: unknown[] = [];
    const handler = middy(kafkaHandler({ value: json(), handle: ({ offset }) => void effects.push(offset) }));
    const play = await playMapping(handler, records, { faults: ['answer-lost'], effects });
    expect(play.unresolved).toEqual([]);
    expect(play.effects).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('makes the batch come again when a middleware throws: none of it counts as done', async () => {
    const handler = middy(failingAt()).before(() => {
      throw new Error('no secret today');
    });
    const play = await playMapping(handler, records, { patience: 2 });
    expect(play.resolved).toEqual([]);
    expect(String(play.deliveries[0]?.error)).toContain('no secret today');
  });

  test('that answers for the whole batch throws through middy', async () => {
    const handle = () => Promise.reject(new Error('not now'));
    const handler = middy(kafkaHandler({ value: json(), response: 'whole-batch', handle }));
    await expect(handler(event(), aLambdaContext())).rejects.toMatchObject({ code: 'BATCH_INCOMPLETE' });
  });
});

const decorated = `
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { json, type KafkaHandler, kafkaHandler } from './lib/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const tracer = new Tracer({ enabled: false });

class Billing {
  readonly #failing = 1;

  readonly #consume: KafkaHandler = kafkaHandler({
    value: json(),
    handle: ({ offset }) => {
      metrics.addMetric('Attempts', 'Count', 1);
      if (offset === this.#failing) throw new Error('not now');
    },
  });

  @tracer.captureLambdaHandler()
  @metrics.logMetrics()
  @logger.injectLambdaContext()
  async handler(event: unknown, context: Parameters<KafkaHandler>[1]) {
    logger.info('begins');
    return this.#consume(event, context);
  }
}

const billing = new Billing();
export const handler: KafkaHandler = billing.handler.bind(billing);
`;

test("a consumer runs in a class with Powertools' decorators", async () => {
  const { handler } = await loadTypescript<{ readonly handler: KafkaHandler }>(decorated, {
    experimentalDecorators: true,
  });
  expect(await handler(event(), aLambdaContext({ functionName: 'billing' }))).toReportFailures([
    'order-events-0@1',
    'order-events-0@2',
  ]);
  const lines = printed.map((line) => JSON.parse(line));
  expect(lines).toContainEqual(expect.objectContaining({ message: 'begins', function_name: 'billing' }));
  expect(lines).toContainEqual(expect.objectContaining({ Attempts: [1, 1] }));
});
