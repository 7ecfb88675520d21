import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json } from '../../../lib/index.ts';
import { readParked } from '../../../lib/park/index.ts';
import { s3Park } from '../../../lib/park/s3-park.ts';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

let server: FauxqsServer;
let client: S3Client;
const bucket = 'parked-records';

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  server.createBucket(bucket);
  client = new S3Client({
    endpoint: server.address,
    forcePathStyle: true,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
});

const park = (details: RecordDetails, options: Partial<Parameters<typeof s3Park>[0]> = {}) =>
  runBatch([aRecord(details)], {
    value: json(),
    park: s3Park({ bucket, group: 'billing', client, ...options }),
  });

const keys = async (Prefix = '') =>
  (await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }))).Contents?.map(({ Key }) => Key);

describe('a record that is parked in S3', () => {
  test('is an object of its own, however often it is parked', async () => {
    const broken = { partition: 2, offset: 1042, timestamp: 1_795_428_000_000, value: '{"broken' };
    expect(await park(broken)).toEqual([]);
    expect(await park(broken)).toEqual([]);
    const key = 'parked/billing/order-events/2/00000000000000001042-1795428000000.json';
    expect(await keys('parked/')).toEqual([key]);
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect(object.ContentType).toBe('application/json');
    expect(readParked((await object.Body?.transformToString()) ?? '')).toMatchObject({
      group: 'billing',
      offset: 1042,
      value: Buffer.from('{"broken').toString('base64'),
      error: { code: 'INVALID_JSON' },
    });
  });

  test('does not replace one of a topic of that name that was there before', async () => {
    await park({ offset: 1, timestamp: 1, value: 'x' }, { prefix: 'anew/' });
    await park({ offset: 1, timestamp: 2, value: 'x' }, { prefix: 'anew/' });
    expect((await keys('anew/'))?.length).toBe(2);
  });

  test('lies under a group whose name may have slashes', async () => {
    await park({ value: 'x' }, { prefix: 'odd/', group: 'a/../b' });
    expect(await keys('odd/')).toEqual([expect.stringContaining('odd/a%2F..%2Fb/order-events/0/')]);
  });

  test('may have 4 MB, and fails when there is no such bucket', async () => {
    expect(await park({ value: 'x'.repeat(4_000_000) }, { prefix: 'large/' })).toEqual([]);
    expect(await park({ value: 'x' }, { bucket: 'gone' })).toEqual(['order-events-0@0']);
  });
});
