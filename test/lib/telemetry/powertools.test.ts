import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { json, type KafkaHandlerOptions, PermanentError } from '../../../lib/index.ts';
import { type PowertoolsOptions, powertools } from '../../../lib/telemetry/powertools/powertools.ts';
import { aLambdaContext, aRecord, type TestRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

const lines: Record<string, unknown>[] = [];
const secret = 's3cr3t';

beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'billing');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'shop');
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  // Powertools keeps metrics to itself in development.
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const level of ['log', 'info', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(JSON.parse(line)));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const of = (text: string) => lines.filter((line) => line.message === text);
const emitted = () => lines.filter((line) => '_aws' in line);

/** Four records: one undecodable, one that is done, one permanent, one that fails. */
const batch = [
  aRecord({ offset: 0, value: `{"${secret}` }),
  ...['done', 'permanent', 'fails'].map((fate, index) => aRecord({ offset: index + 1, value: { fate } })),
];

const handle: KafkaHandlerOptions<unknown, unknown>['handle'] = ({ value }) => {
  const { fate } = Object(value);
  if (fate === 'permanent') throw new PermanentError(secret, { code: 'UNKNOWN_KIND' });
  if (fate === 'fails') throw new TypeError(secret);
};

function run(options: PowertoolsOptions, records: readonly TestRecord[] = batch) {
  const { observer } = powertools({ now: () => Date.UTC(2026, 10, 23, 10, 1), ...options });
  return runBatch(records, { value: json(), handle, observer, park: () => {} }, aLambdaContext());
}

describe('Powertools logs', () => {
  test('tell of each failure its position and its code, and of the batch what became of its records', async () => {
    await run({ logger: new Logger() });
    expect(of('a record is parked')).toMatchObject([
      { position: 'order-events-0@0', code: 'INVALID_JSON', permanent: true, service: 'billing' },
      { position: 'order-events-0@2', code: 'UNKNOWN_KIND', errorName: 'PermanentError' },
    ]);
    expect(of('a record failed and comes again')).toMatchObject([
      { position: 'order-events-0@3', code: 'HANDLE_FAILED', errorName: 'TypeError' },
    ]);
    expect(of('a batch has ended')).toMatchObject([
      {
        records: 4,
        done: 1,
        parked: 2,
        failed: 1,
        codes: { INVALID_JSON: 1, UNKNOWN_KIND: 1, HANDLE_FAILED: 1 },
        awsRequestId: '00000000-0000-4000-8000-000000000000',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  test('of a batch of failures are bounded, and count what was left out', async () => {
    const failing = Array.from({ length: 500 }, (_, offset) => aRecord({ offset, value: `{${offset}` }));
    await run({ logger: new Logger(), failureLines: 3 }, failing);
    expect(of('a record is parked').length).toBe(3);
    expect(of('a batch has ended')).toMatchObject([{ codes: { INVALID_JSON: 500 }, linesLeftOut: 497 }]);
    await run({ logger: new Logger() }, failing.slice(0, 1));
    expect(of('a batch has ended').at(-1)).not.toHaveProperty('linesLeftOut');
  });

  test('name at most twenty codes, however many a consumer makes up', async () => {
    const records = Array.from({ length: 60 }, (_, offset) => aRecord({ offset }));
    const observer = powertools({ logger: new Logger() }).observer;
    const made = ({ offset }: { readonly offset: number }) => {
      throw new PermanentError('no', { code: `CODE_${offset}` });
    };
    await runBatch(records, { handle: made, observer, park: () => {} });
    expect(Object.keys(Object(of('a batch has ended')[0]?.codes)).length).toBe(20);
  });
});

describe('Powertools metrics', () => {
  test('are one line for a batch, of the service alone, with ages and the time that is left', async () => {
    await run({ metrics: new Metrics() });
    expect(emitted().length).toBe(1);
    expect(emitted()[0]).toMatchObject({
      service: 'billing',
      RecordsDone: 1,
      RecordsParked: 2,
      RecordsFailed: 1,
      RecordsSkipped: 0,
      RecordsUnfinished: 0,
      DecodeErrors: 1,
      BatchSize: 4,
      OldestRecordAge: 60_000,
      OldestUnresolvedAge: 60_000,
      TimeBudgetLeft: 30_000,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'shop',
            Dimensions: [['service']],
            Metrics: expect.arrayContaining([
              { Name: 'TimeBudgetLeft', Unit: 'Milliseconds' },
              { Name: 'DecodeErrors', Unit: 'Count' },
            ]),
          },
        ],
      },
    });
  });

  test('ask for nothing at each record that is done, unless they are to be told apart', () => {
    const hooksOf = (metricsBy: PowertoolsOptions['metricsBy']) =>
      Object.keys(powertools({ metrics: new Metrics(), metricsBy }).observer);
    expect(hooksOf('consumer')).not.toContain('recordDone');
    expect(hooksOf('topic')).toContain('recordDone');
  });

  test('count each topic, or each topic-partition, on demand, and begin anew with each batch', async () => {
    const records = [...batch, aRecord({ partition: 1 }), aRecord({ topic: 'refunds', partition: 1 })];
    await run({ metrics: new Metrics(), metricsBy: 'topic' }, records);
    expect(emitted().map(({ topic, RecordsDone }) => [topic, RecordsDone])).toEqual([
      [undefined, 3],
      ['order-events', 2],
      ['refunds', 1],
    ]);
    lines.length = 0;
    const metrics = new Metrics();
    const { observer } = powertools({ metrics, metricsBy: 'partition' });
    for (const each of [records, records.slice(-1)]) {
      await runBatch(each, { value: json(), handle, observer, park: () => {} });
    }
    expect(
      emitted().map(({ topic, partition, RecordsDone, DecodeErrors }) => [
        topic,
        partition,
        RecordsDone,
        DecodeErrors,
      ]),
    ).toEqual([
      [undefined, undefined, 3, 1],
      ['order-events', '0', 1, 1],
      ['order-events', '1', 1, 0],
      ['refunds', '1', 1, 0],
      [undefined, undefined, 1, 0],
      ['refunds', '1', 1, 0],
    ]);
  });

  test('go out together with what handle has counted', async () => {
    const metrics = new Metrics();
    const { observer } = powertools({ metrics });
    await runBatch([aRecord()], { observer, handle: () => metrics.addMetric('MailsSent', 'Count', 1) });
    expect(emitted()).toMatchObject([{ MailsSent: 1, RecordsDone: 1 }]);
  });
});
