import { SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json, type KafkaHandlerOptions, type Observer, PermanentError } from '../../../lib/index.ts';
import { sqsPark } from '../../../lib/park/sqs-park.ts';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

let server: FauxqsServer;
let client: SQSClient;
let queueUrl: string;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  queueUrl = server.createQueue('parked').queueUrl;
  client = new SQSClient({
    endpoint: server.address,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
});

const parked = () =>
  (server.inspectQueue('parked')?.messages.ready ?? []).map(({ body }) => JSON.parse(body));

/** Runs one record whose failure is parked, and returns the positions reported. */
function park(details: RecordDetails, options: Partial<KafkaHandlerOptions<unknown, unknown>> = {}) {
  const now = () => Date.UTC(2026, 10, 23, 12);
  return runBatch([aRecord(details)], {
    value: json(),
    park: sqsPark({ queueUrl, group: 'billing', client, now }),
    ...options,
  });
}

describe('a record that is parked in SQS', () => {
  test('arrives complete, with its error and as much as a search needs', async () => {
    const details = {
      partition: 2,
      offset: 1042,
      key: 'o-1001',
      value: '{"broken',
      headers: [
        ['trace', 'é'],
        ['trace', ''],
      ],
    } as const;
    expect(await park(details)).toEqual([]);
    expect(parked()).toEqual([
      {
        group: 'billing',
        topic: 'order-events',
        partition: 2,
        offset: 1042,
        timestamp: Date.UTC(2026, 10, 23, 10),
        timestampType: 'CREATE_TIME',
        key: Buffer.from('o-1001').toString('base64'),
        value: Buffer.from('{"broken').toString('base64'),
        headers: [
          ['trace', Buffer.from('é').toString('base64')],
          ['trace', ''],
        ],
        error: {
          code: 'INVALID_JSON',
          name: 'DecodeError',
          message: 'value is not JSON, from character 8 of 8 bytes at order-events-2@1042',
        },
        parkedAt: '2026-11-23T12:00:00.000Z',
      },
    ]);
    const attributes = server.inspectQueue('parked')?.messages.ready[0]?.messageAttributes ?? {};
    expect(
      Object.entries(attributes)
        .map(([name, { StringValue }]) => [name, StringValue])
        .toSorted(),
    ).toEqual([
      ['code', 'INVALID_JSON'],
      ['group', 'billing'],
      ['offset', '1042'],
      ['partition', '2'],
      ['topic', 'order-events'],
    ]);
  });

  test('keeps a missing key and a tombstone apart from empty ones, and the code that handle gave', async () => {
    const handle = () => {
      throw new PermanentError('nobody knows it', { code: 'UNKNOWN_KIND' });
    };
    await park({ offset: 7, key: null, value: null }, { handle });
    const error = { code: 'UNKNOWN_KIND', name: 'PermanentError', message: 'nobody knows it' };
    expect(parked().at(-1)).toMatchObject({ offset: 7, key: null, value: null, headers: [], error });
  });

  test('is not parked when it is larger than SQS takes: it fails, so that nothing of it is lost', async () => {
    const failures: unknown[] = [];
    const observer: Observer = { recordFailed: ({ code, message }) => void failures.push([code, message]) };
    const before = parked().length;
    expect(await park({ value: 'x'.repeat(800_000) }, { observer })).toEqual(['order-events-0@0']);
    expect(parked().length).toBe(before);
    expect(failures).toEqual([
      [
        'PARK_FAILED',
        expect.stringMatching(
          /^the record takes 1067\d{3} bytes and SQS at most 1048576, .* at order-events-0@0$/,
        ),
      ],
    ]);
  });

  test('fails when the queue does not exist', async () => {
    const gone = sqsPark({ queueUrl: `${queueUrl}-gone`, group: 'billing', client });
    expect(await park({ value: 'nope' }, { park: gone })).toEqual(['order-events-0@0']);
  });
});

test('a queue URL that is missing is found when the function is initialized, with the variable to look at', () => {
  expect(() => sqsPark({ queueUrl: undefined, group: 'billing', client })).toThrow(
    'the option queueUrl of sqsPark is missing, expected a text; is the environment variable PARKING_QUEUE_URL set?',
  );
  expect(() => sqsPark({ queueUrl, group: '', client })).toThrow('KAFKA_CONSUMER_GROUP');
});
