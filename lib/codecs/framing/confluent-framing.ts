import { DecodeError } from '../../errors/decode-error.ts';
import type { Framing } from './framing.ts';

const magicByte = 0;
const headerLength = 5;

/**
 * A zero byte and the schema's number in four, as the serializers of Confluent, Apicurio and Redpanda write it.
 *
 * @see https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format
 */
export const confluentFraming: Framing = {
  name: 'confluent',
  unframe: (bytes) => {
    if (bytes.length < headerLength || bytes[0] !== magicByte) throw malformed(bytes);
    return {
      schemaId: bytes.readUInt32BE(1),
      body: bytes.subarray(headerLength),
      messageIndex: 'confluent',
    };
  },
};

function malformed(bytes: Buffer): DecodeError {
  const found =
    bytes.length < headerLength
      ? `is ${bytes.length} bytes long, and the header alone is ${headerLength}`
      : 'does not begin with the magic byte 0';
  return new DecodeError(
    'MALFORMED_FRAME',
    `${found} in Confluent's framing; was it written without a registry?`,
  );
}
