import { assumed, documented, MSK_RUN, observed, type Rule, STREAM_RUN, UNKNOWN } from './rule.ts';

const RECORD = { where: ['local/destination/destination-record.ts'] } as const;
const RECORD_TEST = 'test/local/destination/destination-record.test.ts';
const CREATE_TEST = 'test/local/destination/create-destination.test.ts';

export const DESTINATIONS: readonly Rule[] = [
  documented(
    'R114',
    'kafka-on-failure',
    'a destination is a standard SQS queue or SNS topic, a bucket, or a topic of the same cluster',
    {
      where: ['local/destination/create-destination.ts'],
      tests: [CREATE_TEST, 'test/local/mapping/refusals/refusals.test.ts'],
    },
  ),
  documented('R115', 'kafka-on-failure', "the function's role needs the rights to write to it", {
    where: ['cdk/constructs/consumer/kafka-consumer.ts'],
    tests: ['test/cdk/constructs/consumer/failure-destination.test.ts'],
  }),
  documented('R116', 'kafka-on-failure-destination', 'the destination topic is not the topic that is read', {
    where: ['local/mapping/refuse-config.ts'],
    tests: ['test/local/mapping/refuse-config.test.ts'],
  }),
  documented(
    'R117',
    'kafka-on-failure',
    'queues and SNS topics get metadata, buckets the event as text too, topics the event as an object',
    {
      ...RECORD,
      tests: [RECORD_TEST],
    },
  ),
  documented('R118', 'kafka-on-failure', 'what is above 256 KB is not sent to SNS', {
    where: ['local/destination/sns-destination.ts'],
    tests: [CREATE_TEST],
  }),
  documented(
    'R119',
    'kafka-on-failure',
    'the conditions are RetryAttemptsExhausted and MaximumPayloadSizeExceeded, the latter without an answer',
    {
      where: ['local/mapping/work/discard.ts'],
    },
  ),
  observed(
    'R120',
    MSK_RUN,
    'on a topic the condition is RetryAttemptsExhausted; the guide prints RetriesExhausted',
    {
      knob: 'dltCondition',
      ...RECORD,
    },
  ),
  observed('R121', MSK_RUN, 'approximateInvokeCount is the attempts with the first', {
    where: ['local/mapping/work/discard.ts'],
  }),
  observed('R122', STREAM_RUN, 'functionError is null after partial answers and Unhandled after errors', {
    where: ['local/mapping/work/end-invocation.ts'],
  }),
  observed(
    'R123',
    MSK_RUN,
    'each reported group is one record; a batch that threw is one for all its partitions',
    {
      where: ['local/mapping/work/end-invocation.ts'],
    },
  ),
  documented('R124', 'kafka-on-failure', 'offsets are texts, times ISO 8601 with milliseconds', RECORD),
  documented(
    'R125',
    'kafka-on-failure-destination',
    'on a topic a single record is recordInfo; several are recordsInfo (assumed)',
    {
      knob: 'dltBatchInfo',
      ...RECORD,
      tests: [RECORD_TEST],
    },
  ),
  observed('R126', MSK_RUN, "the key on a topic is one of Lambda's own; the guide says the original key", {
    knob: 'dltKey',
    where: ['local/destination/kafka-destination.ts'],
    tests: [CREATE_TEST],
  }),
  assumed('R127', UNKNOWN, 'the payload of a group that was retried thin has its envelope', {
    knob: 'dltPayload',
    where: ['local/mapping/work/discard.ts'],
  }),
  assumed(
    'R128',
    'documented for Kinesis',
    'the key on S3 is aws/lambda/<uuid>/<topic-partition>/ and the time',
    {
      where: ['local/destination/s3-destination.ts'],
      tests: [RECORD_TEST],
    },
  ),
  documented(
    'R129',
    'monitoring-metrics-types',
    'what a destination does not take counts as dropped; the partition moves on (assumed)',
    {
      where: ['local/mapping/work/discard.ts'],
      tests: ['test/simulation/simulation.test.ts'],
    },
  ),
  assumed('R130', UNKNOWN, "producer settings and headers of the topic's record", {
    outOfScope: 'nobody can see them in what is published; ours has no headers',
  }),
  documented(
    'R131',
    'services-consume-kafka-events',
    'schema failures are SCHEMA_NOT_FOUND and DESERIALIZATION_ERROR',
    {
      where: ['local/mapping/read/schema-step.ts'],
    },
  ),
];
