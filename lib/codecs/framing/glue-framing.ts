import { inflateSync } from 'node:zlib';
import { DecodeError } from '../../errors/decode-error.ts';
import { LanewiseError } from '../../errors/lanewise-error.ts';
import type { Framing } from './framing.ts';

export interface GlueFramingOptions {
  /** The most bytes that a compressed body may have once it is decompressed. @default 16 MiB */
  readonly maxDecompressedBytes?: number;
}

const headerVersion = 3;
const uncompressed = 0;
const zlibCompressed = 5;
const headerLength = 18;

/**
 * A 3, a byte for the compression, and the schema version's uuid, as the serializers of the AWS Glue Schema Registry write it.
 *
 * @see https://github.com/awslabs/aws-glue-schema-registry
 * @throws LanewiseError INVALID_OPTION
 */
export function glueFraming({ maxDecompressedBytes = 16 * 1024 * 1024 }: GlueFramingOptions = {}): Framing {
  if (!Number.isSafeInteger(maxDecompressedBytes) || maxDecompressedBytes < 1) {
    throw new LanewiseError(
      'INVALID_OPTION',
      `maxDecompressedBytes is ${maxDecompressedBytes}, expected a whole number of bytes from 1`,
    );
  }
  const uuidOf = uuidReader();
  return {
    name: 'glue',
    unframe: (bytes) => {
      if (bytes.length < headerLength || bytes[0] !== headerVersion) throw malformed(bytes);
      return {
        schemaId: uuidOf(bytes),
        body: decompressed(bytes, maxDecompressedBytes),
        messageIndex: 'glue',
      };
    },
  };
}

/** Most records have the schema of the one before, and to compare four numbers is cheaper than to write out a uuid. */
function uuidReader(): (bytes: Buffer) => string {
  let words: readonly number[] = [];
  let uuid = '';
  return (bytes) => {
    if (wordsAt.every((at, index) => bytes.readUInt32BE(at) === words[index])) return uuid;
    words = wordsAt.map((at) => bytes.readUInt32BE(at));
    uuid = uuidText(bytes.toString('hex', 2, headerLength));
    return uuid;
  };
}

const wordsAt = [2, 6, 10, 14];

function uuidText(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function decompressed(bytes: Buffer, limit: number): Buffer {
  const body = bytes.subarray(headerLength);
  switch (bytes[1]) {
    case uncompressed:
      return body;
    case zlibCompressed:
      return inflated(body, limit);
    default:
      throw new DecodeError(
        'MALFORMED_FRAME',
        'has an unknown compression in its Glue header, expected 0 (none) or 5 (zlib)',
      );
  }
}

/** The limit stops zlib while it inflates: no buffer of the whole size is ever made. */
function inflated(body: Buffer, limit: number): Buffer {
  try {
    const { buffer, engine } = inflateWithInfo(body, limit);
    if (engine.bytesWritten === body.length) return buffer;
  } catch (error) {
    if (error instanceof RangeError) {
      throw new DecodeError(
        'LIMIT_EXCEEDED',
        `has ${body.length} bytes that decompress to more than ${limit}`,
      );
    }
  }
  throw new DecodeError('MALFORMED_FRAME', `has ${body.length} bytes that are not zlib data as a whole`);
}

/** zlib leaves what follows its data alone: only the engine knows that there is more. The types do not know of `info`. */
function inflateWithInfo(body: Buffer, limit: number) {
  const answer: unknown = inflateSync(body, { maxOutputLength: limit, info: true });
  return answer as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
}

function malformed(bytes: Buffer): DecodeError {
  const found =
    bytes.length < headerLength
      ? `is ${bytes.length} bytes long, and the header alone is ${headerLength}`
      : 'does not begin with the header version 3';
  return new DecodeError('MALFORMED_FRAME', `${found} in Glue's framing; was it written without a registry?`);
}
