import type { ErrorCode } from './error-codes.ts';
import { PermanentError } from './permanent-error.ts';

export type DecodeErrorCode = Extract<
  ErrorCode,
  | 'MALFORMED_BASE64'
  | 'INVALID_JSON'
  | 'SCHEMA_VIOLATION'
  | 'CODEC_FAILED'
  | 'MALFORMED_FRAME'
  | 'MALFORMED_AVRO'
  | 'MALFORMED_PROTOBUF'
  | 'LIMIT_EXCEEDED'
  | 'SCHEMA_UNUSABLE'
  | 'SCHEMA_NOT_FOUND'
>;

/**
 * Bytes that are not what the codec expects. Permanent: the same bytes come back with every retry.
 *
 * A codec throws it with the rest of a sentence that begins with the field: `new DecodeError('CODEC_FAILED', 'is not
 * framed')` becomes `value is not framed at order-events-2@1042`. The text reaches logs, so it must not quote the bytes.
 */
export class DecodeError extends PermanentError {
  override name = 'DecodeError';
  declare readonly code: DecodeErrorCode;

  constructor(code: DecodeErrorCode, message: string) {
    super(message, { code });
  }
}
