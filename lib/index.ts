export type { Checkpoint } from './checkpoint/checkpoint.ts';
export { bytes, type Codec, json, text } from './decode/codec.ts';
export type { ConsumerRecord } from './decode/consumer-record.ts';
export type { RecordHeaders } from './decode/headers.ts';
export type { StandardSchema } from './decode/standard-schema.ts';
export { DecodeError, type DecodeErrorCode } from './errors/decode-error.ts';
export type { ErrorCode } from './errors/error-codes.ts';
export { LanewiseError } from './errors/lanewise-error.ts';
export {
  PermanentError,
  type PermanentErrorOptions,
  type PermanentFailure,
} from './errors/permanent-error.ts';
export type {
  KafkaBatchResponse,
  KafkaEvent,
  KafkaEventHeader,
  KafkaEventRecord,
  KafkaItemIdentifier,
  TimestampType,
} from './event/kafka-event.ts';
export type { RecordPosition } from './event/topic-partition.ts';
export { type KafkaHandler, kafkaHandler } from './kafka-handler.ts';
export type { HandleContext } from './lanes/handle-context.ts';
export type { Handle } from './lanes/run.ts';
export type { Ordering } from './lanes/sequence.ts';
export type { InvocationContext, Timer } from './lanes/time-budget.ts';
export type { KafkaHandlerOptions } from './options.ts';
export type { Park } from './park/park.ts';
export type { BatchEnd, BatchStart, Observer, RecordFailure } from './telemetry/observer.ts';
