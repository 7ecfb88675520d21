/** Every error code of the runtime with what it means. docs/errors.md says the same at length; a test holds the two together. */
export const errorCodes = {
  NOT_A_KAFKA_EVENT: 'the event does not have the shape of a Kafka batch',
  PARTITION_KEY_MISMATCH: 'a record lies under a topic-partition that is not its own',
  UNSAFE_OFFSET: 'an offset cannot be told exactly, because it is not a safe integer',
  INVALID_OPTION: 'an option has a value that is not allowed',
  DEADLINE_MARGIN_TOO_LONG: 'the deadline margin leaves no time to start a record',
  TIME_IS_UP: 'a record was running when the time of the invocation was up',
  BATCH_INCOMPLETE: 'records failed, and the mapping does not read partial responses',
  MALFORMED_BASE64: 'a key or value is not base64',
  INVALID_JSON: 'a key or value is not JSON',
  SCHEMA_VIOLATION: 'a key or value does not match its schema',
  CODEC_FAILED: 'a codec threw while it decoded a key or value',
  MALFORMED_FRAME: 'a key or value does not have the framing that its codec was told of',
  MALFORMED_AVRO: 'a key or value is not the Avro that its schema describes',
  MALFORMED_PROTOBUF: 'a key or value is not the Protobuf that its schema describes',
  LIMIT_EXCEEDED: 'a key or value is larger when decompressed, or deeper, than its codec allows',
  SCHEMA_UNUSABLE:
    'a schema cannot be used to decode: it is broken, of another format or incompatible with the reader',
  SCHEMA_NOT_FOUND: 'the schema registry does not know the schema of a key or value',
  SCHEMA_METADATA_MISSING: 'the mapping did not say which schema a key or value has',
  REGISTRY_UNAVAILABLE: 'the schema registry gave no usable answer, and the record comes again',
  PERMANENT: 'handle said that the record can never succeed',
  HANDLE_FAILED: 'handle threw, and the record comes again',
  PARK_FAILED: 'a record could not be parked, and comes again',
} as const;

export type ErrorCode = keyof typeof errorCodes;
