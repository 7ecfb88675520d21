import { expect, test } from 'vitest';
import { byKey } from '../../../lib/lanes/by-key.ts';
import { aRecord, buildKafkaEvent } from '../../../lib/testing/index.ts';

const places = (...keys: readonly (string | Uint8Array | null)[]) => {
  const event = buildKafkaEvent(keys.map((key, offset) => aRecord({ key, offset })));
  return byKey(event.records['order-events-0'] ?? []);
};

test('records of a key stay in order, keys in the order of their first record', () => {
  expect(places('b', 'a', 'b', 'a', 'c')).toEqual([[0, 2], [1, 3], [4]]);
});

test('records without a key count as one key, apart from the empty key and from a key called null', () => {
  expect(places(null, '', 'null', null, '')).toEqual([[0, 3], [1, 4], [2]]);
});

test('keys that are not UTF-8 are told apart, although they would be the same text', () => {
  expect(places(Uint8Array.of(0xff), Uint8Array.of(0xfe))).toEqual([[0], [1]]);
});

test('a key may be called __proto__', () => {
  expect(places('__proto__', 'a', '__proto__')).toEqual([[0, 2], [1]]);
});
