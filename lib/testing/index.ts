export {
  buildEventRecord,
  buildKafkaEvent,
  type Envelope,
  type EventStyle,
  type RecordToDeliver,
} from '../event/build-kafka-event.ts';
export { aLambdaContext, type ContextDetails, type TestContext } from './a-lambda-context.ts';
export { aRecord, type RecordDetails, type TestRecord } from './a-record.ts';
