import { DecodeError } from '../errors/decode-error.ts';

/**
 * `Buffer.from` skips what is not base64 and stops at padding: then it yields fewer bytes than the text is long, which is
 * cheaper to see than to check every character.
 */
export function base64Bytes(encoded: unknown): Buffer {
  if (typeof encoded === 'string') {
    const bytes = Buffer.from(encoded, 'base64');
    const letters = encoded.length - paddingOf(encoded);
    if (letters % 4 !== 1 && bytes.length === Math.floor(letters * 0.75)) return bytes;
  }
  throw new DecodeError('MALFORMED_BASE64', 'is not base64');
}

function paddingOf(encoded: string): number {
  if (!encoded.endsWith('=')) return 0;
  return encoded.endsWith('==') ? 2 : 1;
}
