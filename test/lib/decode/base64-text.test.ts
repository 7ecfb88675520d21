import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Bytes, base64Text } from '../../../lib/decode/base64-bytes.ts';

test('text is what its bytes say, whatever alphabet it is written in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (content) => {
      const encoded = Buffer.from(content).toString('base64');
      const isCertain = !content.includes('\ufffd');
      expect(base64Text(encoded)).toBe(isCertain ? content : undefined);
    }),
  );
});

test('where it gives text, the bytes give the same; where the bytes are refused, it gives none', () => {
  const letters = fc.constantFrom(...'AQZaz09+/-_=\n '.split(''));
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 40 }), (encoded) => {
      const given = base64Text(encoded);
      if (given === undefined) return;
      expect(base64Bytes(encoded).toString()).toBe(given);
    }),
  );
});

test('a text does not change when the next is decoded', () => {
  const first = base64Text(Buffer.from('first').toString('base64'));
  base64Text(Buffer.from('OTHER').toString('base64'));
  expect(first).toBe('first');
});

test.each([
  ['bytes that are not UTF-8', Buffer.from([0xc3, 0x28]).toString('base64')],
  ['a text longer than the memory it decodes in', Buffer.alloc(70_000, 'a').toString('base64')],
  ['what is no base64', '%%%%'],
  ['what is no text', 7],
])('leaves %s to the bytes', (_what, encoded) => {
  expect(base64Text(encoded)).toBeUndefined();
});
