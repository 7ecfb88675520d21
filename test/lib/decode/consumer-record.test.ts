import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConsumerRecord } from '../../../lib/decode/consumer-record.ts';
import { aRecord, buildEventRecord, type RecordDetails } from '../../../lib/testing/index.ts';

const of = (details: RecordDetails) =>
  new ConsumerRecord(buildEventRecord('order-events', aRecord(details)), 'key', { n: 1 });

test('a record is named by its position, however it is printed', () => {
  const record = of({ partition: 2, offset: 1042 });
  expect(String(record)).toBe('order-events-2@1042');
  expect(JSON.stringify({ record })).toBe('{"record":"order-events-2@1042"}');
  expect(inspect({ record })).toBe('{ record: order-events-2@1042 }');
});

test('a record has its position, its time, and the bytes it was made of', () => {
  const record = of({
    offset: 3,
    timestamp: 1_767_225_600_123,
    timestampType: 'LOG_APPEND_TIME',
    key: 'k',
    value: 'v',
  });
  expect(record).toMatchObject({
    topic: 'order-events',
    partition: 0,
    offset: 3,
    timestamp: 1_767_225_600_123,
    timestampType: 'LOG_APPEND_TIME',
    key: 'key',
    value: { n: 1 },
    keyBase64: 'aw==',
    valueBase64: 'dg==',
  });
});

test('a record without key and value has no bytes either', () => {
  const record = of({ key: null, value: null });
  expect([record.keyBase64, record.valueBase64]).toEqual([null, null]);
});

test('headers are decoded when they are asked for, once', () => {
  const record = of({ headers: [['trace', 'a']] });
  expect(record.headers.text('trace')).toBe('a');
  expect(record.headers).toBe(record.headers);
});
