/**
 * The event that AWS Lambda's Kafka event source mapping sends, and the answer it reads.
 *
 * `@types/aws-lambda` types keys and values as never null and has no Kafka batch response, so these types are ours.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */

/** One header: a single property, name to bytes. Bytes come signed (-128…127); a null value comes as `{}`. */
export type KafkaEventHeader = Readonly<Record<string, readonly number[]>>;

export type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME';

/** One record as it is in the event: key and value are base64; null may be absent or `null`. */
export interface KafkaEventRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key?: string | null;
  readonly value?: string | null;
  readonly headers?: readonly KafkaEventHeader[] | null;
  /** Only where the mapping has a schema registry and checks this field. // R145, R146 */
  readonly keySchemaMetadata?: SchemaMetadata;
  readonly valueSchemaMetadata?: SchemaMetadata;
}

/** The two fields of a record that codecs decode. */
export type RecordField = 'key' | 'value';

/** What the mapping's own schema registry says of a key or value. `schemaId` is Glue's version uuid or Confluent's number as text. */
export interface SchemaMetadata {
  readonly dataFormat: 'AVRO' | 'PROTOBUF' | 'JSON';
  readonly schemaId: string;
}

/**
 * A batch. A retry after a partial response is *thin*: it has `records` and nothing else, so that an event is
 * recognised by the shape of `records` and never by `eventSource` (observed on AWS, not documented).
 */
export interface KafkaEvent {
  readonly eventSource?: 'aws:kafka' | 'SelfManagedKafka';
  readonly eventSourceArn?: string;
  /** Comma-separated `host:port` values. */
  readonly bootstrapServers?: string;
  /** `<topic>-<partition>` to that partition's records, in rising offset order. */
  readonly records: Readonly<Record<string, readonly KafkaEventRecord[]>>;
}

/** Names one failed record. `partition` is the key of `records` as given, `offset` the record's own number. */
export interface KafkaItemIdentifier {
  readonly partition: string;
  readonly offset: number;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html */
export interface KafkaBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: KafkaItemIdentifier }[];
}
