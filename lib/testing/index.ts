export {
  buildEventRecord,
  buildKafkaEvent,
  type Envelope,
  type EventStyle,
  type RecordToDeliver,
} from '../event/build-kafka-event.ts';
export { aBatch } from './a-batch.ts';
export { aLambdaContext, type ContextDetails, type TestContext } from './a-lambda-context.ts';
export { aRecord, type RecordDetails, type TestRecord } from './a-record.ts';
export { type MatcherResult, matchers } from './matchers.ts';
export { type MemoryCheckpointOptions, memoryCheckpoint } from './memory-checkpoint.ts';
export type { Commit } from './play/commits.ts';
export type { Delivery } from './play/deliver.ts';
export type { DeliveryFault, DeliveryFaults, MappingStyle } from './play/mapping-style.ts';
export { type Play, type PlayedHandler, type PlayOptions, playMapping } from './play/play-mapping.ts';
