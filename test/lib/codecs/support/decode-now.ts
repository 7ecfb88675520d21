import { isPromiseLike } from '../../../../lib/decode/promise-like.ts';
import type { Codec } from '../../../../lib/index.ts';

/** What a codec gives at once; a promise is a failure of the test. */
export function decodeNow<T>(codec: Codec<T>, ...input: Parameters<Codec<T>['decode']>): T {
  const value = codec.decode(...input);
  if (isPromiseLike(value)) throw new Error('the codec gave a promise');
  return value as T;
}

/** The code and message of what decoding throws. */
export function decodeFailure(codec: Codec<unknown>, ...input: Parameters<Codec<unknown>['decode']>) {
  try {
    decodeNow(codec, ...input);
  } catch (error) {
    return { code: codeOf(error), message: error instanceof Error ? error.message : '' };
  }
  throw new Error('decoding did not fail');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}
