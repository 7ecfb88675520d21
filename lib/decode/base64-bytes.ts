import { DecodeError } from '../errors/decode-error.ts';

/** Where text is decoded that nobody keeps the bytes of. What is longer gets bytes of its own. */
const scratch = Buffer.allocUnsafeSlow(65_536);

/**
 * `Buffer.from` skips what is not base64 and stops at padding: then it yields fewer bytes than the text is long, which is
 * cheaper to see than to check every character.
 */
export function base64Bytes(encoded: unknown): Buffer {
  if (typeof encoded === 'string') {
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length === sizeOf(encoded)) return bytes;
  }
  throw new DecodeError('MALFORMED_BASE64', 'is not base64');
}

/**
 * UTF-8 text without a buffer of its own, which is a fifth of the time and 200 bytes a record. `undefined` for what is long, is no base64 or may not
 * be UTF-8: that is for `base64Bytes`.
 */
export function base64Text(encoded: unknown): string | undefined {
  if (typeof encoded !== 'string' || encoded.length > scratch.length) return undefined;
  const size = scratch.write(encoded, 'base64');
  const written = scratch.toString('utf8', 0, size);
  return size === sizeOf(encoded) && !written.includes('\ufffd') ? written : undefined;
}

/** Bytes that base64 of this length stands for; -1 where no base64 is so long. Whole numbers all the way: others would be boxed for each record. */
function sizeOf(encoded: string): number {
  const letters = encoded.length - +encoded.endsWith('=') - +encoded.endsWith('==');
  return letters % 4 === 1 ? -1 : (letters * 3) >> 2;
}
