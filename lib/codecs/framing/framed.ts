import type { Codec } from '../../decode/codec.ts';
import type { Framing } from './framing.ts';

/**
 * Takes the framing off and gives the body to a codec that knows its schema by itself: `framed(confluentFraming, json(OrderEvent))`. No registry is asked.
 * Not for Protobuf, whose body begins with a message index: `protobuf` takes a framing itself.
 */
export function framed<T>(framing: Framing, codec: Codec<T>): Codec<T> {
  return {
    name: `${framing.name} ${codec.name}`,
    decode: (bytes, raw, field) => codec.decode(framing.unframe(bytes, raw, field).body, raw, field),
  };
}
