import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytes, json, type KafkaHandlerOptions, type Observer, PermanentError } from '../../../lib/index.ts';
import { isReference, producible, readParked } from '../../../lib/park/index.ts';
import { s3Store } from '../../../lib/park/s3-park.ts';
import { sqsPark } from '../../../lib/park/sqs-park.ts';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

let server: FauxqsServer;
let client: SQSClient;
let queueUrl: string;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  queueUrl = server.createQueue('parked').queueUrl;
  client = new SQSClient(connection());
});

const connection = () => ({
  endpoint: server.address,
  region: 'us-east-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
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
        version: 1,
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

  test('is parked by reference when it is larger and there is a store: nothing of it is lost', async () => {
    server.createBucket('parked-records');
    const s3 = new S3Client({ ...connection(), forcePathStyle: true });
    const overflow = s3Store({ bucket: 'parked-records', client: s3 });
    const large = sqsPark({ queueUrl, group: 'billing', client, overflow });
    const value = 'x'.repeat(800_000);
    expect(await park({ offset: 8, key: 'k', value }, { park: large })).toEqual([]);
    const reference = readParked(JSON.stringify(parked().at(-1)));
    if (!isReference(reference)) throw new Error('not a reference');
    expect(reference).toMatchObject({ offset: 8, error: { code: 'INVALID_JSON' } });
    expect(Object.keys(reference)).not.toContain('value');
    const { bucket, key } = reference.stored;
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const whole = readParked((await object.Body?.transformToString()) ?? '');
    if (isReference(whole)) throw new Error('a reference to a reference');
    expect(producible(whole).value?.equals(Buffer.from(value))).toBe(true);
    s3.destroy();
  });

  test('arrives with a header whose name SQS would refuse, and with a code that no attribute may have', async () => {
    const handle = () => {
      throw new PermanentError('no', { code: '\u0000' });
    };
    expect(await park({ offset: 9, headers: [['\uffff', 'x']] }, { handle, value: bytes })).toEqual([]);
    expect(server.inspectQueue('parked')?.messages.ready.at(-1)?.body).toContain('["\\uffff","eA=="]');
    expect(parked().at(-1)).toMatchObject({ headers: [['\uffff', 'eA==']], error: { code: 'PERMANENT' } });
  });

  test('keeps no more of an endless error message than a reader needs', async () => {
    const handle = () => {
      throw new PermanentError('m'.repeat(2_000_000));
    };
    expect(await park({ offset: 10 }, { handle, value: bytes })).toEqual([]);
    expect(parked().at(-1).error.message.length).toBe(1_000);
  });

  test('arrives with an error that has no text for a message', async () => {
    const handle = () => {
      throw Object.assign(new Error(), { permanent: true, message: 404 });
    };
    expect(await park({ offset: 11 }, { handle, value: bytes })).toEqual([]);
    expect(parked().at(-1)).toMatchObject({ offset: 11, error: { message: '404' } });
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
