import type { KafkaEventRecord, RecordField } from '../../event/kafka-event.ts';

/** Confluent's number, or Glue's version uuid in lower case. */
export type SchemaId = string | number;

/**
 * What stands before the body of a key or value. Never guessed: a body may begin with any byte, so that a framing is always named
 * and what does not have it is an error.
 */
export interface Framing {
  /** For error messages: `confluent`. */
  readonly name: string;
  /** @throws DecodeError MALFORMED_FRAME, LIMIT_EXCEEDED */
  readonly unframe: (bytes: Buffer, raw?: KafkaEventRecord, field?: RecordField) => Framed;
}

export interface Framed {
  readonly schemaId: SchemaId;
  /** What the serializer wrote, decompressed; before Protobuf stands its message index. */
  readonly body: Buffer;
  readonly messageIndex: MessageIndexStyle;
}

/** How Protobuf serializers say which message of the schema's file follows: each registry has a way of its own. */
export type MessageIndexStyle = 'confluent' | 'glue';
