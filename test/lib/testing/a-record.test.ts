import { expect, test } from 'vitest';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';

test('a record takes its value as text, bytes, JSON, or null for a tombstone', () => {
  const values = ['text', Uint8Array.of(1, 2), { kind: 'order.placed' }, 7, null].map(
    (value) => aRecord({ value }).value,
  );
  expect(values.map((value) => (value === null ? null : Buffer.from(value).toString()))).toEqual([
    'text',
    '\u0001\u0002',
    '{"kind":"order.placed"}',
    '7',
    null,
  ]);
});

test('headers are pairs, or an object where each name comes once', () => {
  const texts = (headers: RecordDetails['headers']) =>
    aRecord({ headers: headers ?? [] }).headers.map(([name, content]) => [name, content && String(content)]);
  expect(texts({ trace: 'a', none: null })).toEqual([
    ['trace', 'a'],
    ['none', null],
  ]);
  expect(
    texts([
      ['trace', 'a'],
      ['trace', Buffer.from('b')],
    ]),
  ).toEqual([
    ['trace', 'a'],
    ['trace', 'b'],
  ]);
});

test('a record has a position of its own, no key and no headers, unless it is told', () => {
  expect(aRecord()).toMatchObject({ topic: 'order-events', partition: 0, offset: 0, key: null, headers: [] });
  expect(aRecord({ topic: 'a-1', partition: 2, offset: 9 })).toMatchObject({
    topic: 'a-1',
    partition: 2,
    offset: 9,
  });
});
