import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Bytes } from '../../../lib/decode/base64-bytes.ts';

test('gives back what was encoded, with and without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (content) => {
      const encoded = Buffer.from(content).toString('base64');
      expect(base64Bytes(encoded)).toEqual(Buffer.from(content));
      expect(base64Bytes(encoded.replaceAll('=', ''))).toEqual(Buffer.from(content));
    }),
  );
});

test.each(['%%%%', 'YQ==YQ==', 'a b c', 'Y', 'YWJj!', 'YWJj\n'])(
  'refuses %j, which is not base64',
  (encoded) => {
    expect(() => base64Bytes(encoded)).toThrow('is not base64');
  },
);

test('refuses what is not text', () => {
  expect(() => base64Bytes(7)).toThrow('is not base64');
});
