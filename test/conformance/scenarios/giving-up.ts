import { SAME_CORE, type Scenario, UUID, VIRTUAL_TIME } from '../scenario.ts';

const TO_QUEUE = {
  kind: 'sqs',
  queueUrl: 'http://localhost/given-up',
  arn: 'arn:aws:sqs:eu-central-1:000011112222:given-up',
} as const;
const TO_TOPIC = { kind: 'kafka', topic: 'given-up' } as const;
const ONE_ATTEMPT = { maximumRetryAttempts: 0 } as const;

const EXHAUSTED = {
  requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
} as const;
const FUNCTION = 'arn:aws:lambda:eu-central-1:000011112222:function:orders';
const CLUSTER = 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-4';
/** The event that a topic of one record makes. */
const EVENT = {
  eventSource: 'aws:kafka',
  eventSourceArn: CLUSTER,
  bootstrapServers: 'embedded',
  records: {
    'shop-orders-2-0': [
      {
        topic: 'shop-orders-2',
        partition: 0,
        offset: 0,
        timestamp: 1_767_225_600_000,
        timestampType: 'CREATE_TIME',
        key: 'azA=',
        value: 'eyJuIjowfQ==',
        headers: [],
      },
    ],
  },
};
const EVENT_BYTES = Buffer.byteLength(JSON.stringify(EVENT));
const RECORD_BYTES = Buffer.byteLength(JSON.stringify(EVENT.records['shop-orders-2-0'][0]));
const RANGE = {
  firstRecordOffset: '0',
  lastRecordOffset: '1',
  firstRecordTimestamp: '2026-01-01T00:00:00.000Z',
  lastRecordTimestamp: '2026-01-01T00:00:00.000Z',
} as const;

/** C15, C16, C17: record age, and where records go that are given up. */
export const GIVING_UP: readonly Scenario[] = [
  {
    id: 'C15.before-first',
    title: 'a record that is too old at its first poll is never sent',
    rules: ['R109', 'R111', 'R112'],
    topic: [[{ age: 61_000 }]],
    config: { maximumRecordAge: 60_000, destination: TO_QUEUE },
    expect: {
      deliveries: [],
      discards: [{ records: '0: 0', condition: 'RecordAgeExceeded', attempts: 1, functionError: 'none' }],
      commits: { 0: [1] },
    },
  },
  {
    id: 'C15.own-condition',
    title: 'the condition of records that are too old is what the knob says',
    rules: ['R112'],
    topic: [[{ age: 61_000 }]],
    config: { maximumRecordAge: 60_000, destination: TO_QUEUE },
    knobs: { ageCondition: 'TooOld' },
    expect: { discards: [{ records: '0: 0', condition: 'TooOld' }] },
  },
  {
    id: 'C15.during-retries',
    title: 'a record that grows too old between attempts is not sent again',
    rules: ['R109', 'R113'],
    topic: [[{ age: 55_000 }]],
    config: { maximumRecordAge: 60_000, maximumRetryAttempts: 100 },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      deliveries: ['first 0: 0', 'repeated 0: 0', 'repeated 0: 0'],
      dropped: [{ records: '0: 0', condition: 'RecordAgeExceeded' }],
    },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C15.one-of-a-retry',
    title: 'of a batch that comes again the records that grew too old leave it, and the others are sent',
    rules: ['R109', 'R110'],
    topic: [[{}, { age: 58_500 }]],
    config: { maximumRecordAge: 60_000, maximumRetryAttempts: 2 },
    knobs: { ageCondition: 'TooOld' },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      deliveries: ['first 0: 0 1', 'repeated 0: 0', 'repeated 0: 0'],
      dropped: [
        { records: '0: 1', condition: 'TooOld', attempts: 1 },
        { records: '0: 0', condition: 'RetryAttemptsExhausted', attempts: 3 },
      ],
    },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C15.just-old-enough',
    title: 'a record of exactly the age limit is sent, one that is a millisecond older is not',
    rules: ['R109'],
    topic: [[{ age: 60_000 }, { age: 60_001 }]],
    config: { maximumRecordAge: 60_000, batchingWindow: 0 },
    expect: { deliveries: ['first 0: 0'], dropped: [{ records: '0: 1', condition: 'RecordAgeExceeded' }] },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C15.attempts-first',
    title: 'the retry limit counts when it is reached before the age',
    rules: ['R113'],
    topic: [[{ age: 10_000 }]],
    config: { maximumRecordAge: 60_000, maximumRetryAttempts: 1 },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: { dropped: [{ records: '0: 0', condition: 'RetryAttemptsExhausted', attempts: 2 }] },
  },
  {
    id: 'C15.mixed',
    title: 'records that are too old leave the batch, and the others are sent',
    rules: ['R110', 'R111'],
    topic: [[{ age: 61_000 }, {}, { age: 70_000 }, {}]],
    config: { maximumRecordAge: 60_000 },
    expect: {
      deliveries: ['first 0: 1 3'],
      dropped: [{ records: '0: 0 2', condition: 'RecordAgeExceeded' }],
      counters: { DroppedEventCount: 2, InvokedEventCount: 2 },
    },
  },
  {
    id: 'C16.none-on-success',
    title: 'a destination gets nothing when all goes well, also not after a retry',
    rules: ['R98'],
    topic: [2],
    config: { destination: TO_TOPIC },
    answers: [{ on: 'first', fails: 'thrown' }],
    expect: { discards: [], dropped: [], counters: { OnFailureDestinationDeliveredEventCount: 0 } },
  },
  {
    id: 'C16.metadata',
    title: 'a queue or an SNS topic gets metadata: ranges of offsets as text, times in ISO 8601, no payload',
    rules: ['R114', 'R117', 'R119', 'R121', 'R122', 'R124'],
    topic: [2],
    config: { ...ONE_ATTEMPT, destination: TO_QUEUE },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      destination: {
        kind: 'metadata',
        record: {
          requestContext: { ...EXHAUSTED.requestContext, requestId: UUID, functionArn: FUNCTION },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          version: '1.0',
          timestamp: '2026-01-01T00:00:00.510Z',
          KafkaBatchInfo: {
            batchSize: 2,
            eventSourceArn: CLUSTER,
            bootstrapServers: 'embedded',
            payloadSize: EVENT_BYTES + RECORD_BYTES + 1,
            recordsInfo: { 'shop-orders-2-0': RANGE },
          },
        },
        whole: true,
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.s3',
    title: 'a bucket gets metadata and the event as escaped JSON text',
    rules: ['R114', 'R117'],
    topic: [1],
    config: { ...ONE_ATTEMPT, destination: { kind: 's3', bucket: 'given-up', arn: 'arn:aws:s3:::given-up' } },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      destination: {
        kind: 's3',
        record: {
          requestContext: { ...EXHAUSTED.requestContext, requestId: UUID, functionArn: FUNCTION },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          version: '1.0',
          timestamp: '2026-01-01T00:00:00.510Z',
          KafkaBatchInfo: {
            batchSize: 1,
            eventSourceArn: CLUSTER,
            bootstrapServers: 'embedded',
            payloadSize: EVENT_BYTES,
            recordsInfo: { 'shop-orders-2-0': { ...RANGE, lastRecordOffset: '0' } },
          },
          payload: JSON.stringify(EVENT),
        },
        whole: true,
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.topic',
    title: 'a topic gets the event as an object, one record as recordInfo, the ARN with its version',
    rules: ['R114', 'R117', 'R120', 'R125'],
    topic: [1],
    config: { ...ONE_ATTEMPT, destination: TO_TOPIC },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      destination: {
        kind: 'kafka',
        record: {
          requestContext: {
            ...EXHAUSTED.requestContext,
            requestId: UUID,
            functionArn: `${FUNCTION}:$LATEST`,
          },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          version: '1.0',
          timestamp: '2026-01-01T00:00:00.510Z',
          KafkaBatchInfo: {
            batchSize: 1,
            eventSourceArn: CLUSTER,
            bootstrapServers: 'embedded',
            payloadSize: EVENT_BYTES,
            recordInfo: { offset: '0', timestamp: '2026-01-01T00:00:00.000Z' },
          },
          payload: EVENT,
        },
        whole: true,
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.topic-of-several',
    title: 'a topic gets several records as recordsInfo',
    rules: ['R125', 'R123'],
    topic: [2],
    config: { ...ONE_ATTEMPT, destination: TO_TOPIC },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      destination: {
        kind: 'kafka',
        record: { KafkaBatchInfo: { recordsInfo: { 'shop-orders-2-0': RANGE } } },
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.topic-knobs',
    title: 'the condition and the form of a single record on a topic are what the knobs say',
    rules: ['R120', 'R125'],
    topic: [1],
    config: { ...ONE_ATTEMPT, destination: TO_TOPIC },
    knobs: { dltCondition: 'RetriesExhausted', dltBatchInfo: 'recordsInfo' },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      destination: {
        kind: 'kafka',
        record: {
          requestContext: { condition: 'RetriesExhausted' },
          KafkaBatchInfo: { recordsInfo: { 'shop-orders-2-0': { firstRecordOffset: '0' } } },
        },
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.topic-of-old-records',
    title: 'the knob for the condition of exhausted retries leaves other conditions alone',
    rules: ['R120', 'R112'],
    topic: [[{ age: 61_000 }]],
    config: { maximumRecordAge: 60_000, destination: TO_TOPIC },
    knobs: { dltCondition: 'RetriesExhausted' },
    expect: {
      destination: {
        kind: 'kafka',
        record: {
          requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 1 },
          responseContext: null,
        },
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.full-payload',
    title: 'the payload of a group that was retried thin has its envelope',
    rules: ['R127'],
    topic: [1],
    config: { maximumRetryAttempts: 1, destination: TO_TOPIC },
    answers: [{ on: 'every', reports: ['0@0'] }],
    expect: { destination: { kind: 'kafka', record: { payload: { eventSource: 'aws:kafka' } } } },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.thin-payload',
    title: 'the payload of a group that was retried thin is thin when the knob says so',
    rules: ['R127'],
    topic: [1],
    config: { maximumRetryAttempts: 1, destination: TO_TOPIC },
    knobs: { dltPayload: 'thin' },
    answers: [{ on: 'every', reports: ['0@0'] }],
    expect: {
      destination: {
        kind: 'kafka',
        record: {
          requestContext: {
            ...EXHAUSTED.requestContext,
            approximateInvokeCount: 2,
            requestId: UUID,
            functionArn: `${FUNCTION}:$LATEST`,
          },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: null },
          version: '1.0',
          timestamp: '2026-01-01T00:00:01.520Z',
          KafkaBatchInfo: {
            batchSize: 1,
            eventSourceArn: CLUSTER,
            bootstrapServers: 'embedded',
            payloadSize: Buffer.byteLength(JSON.stringify({ records: EVENT.records })),
            recordInfo: { offset: '0', timestamp: '2026-01-01T00:00:00.000Z' },
          },
          payload: { records: EVENT.records },
        },
        whole: true,
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C16.after-partial',
    title: 'after partial answers there is no function error in the destination record',
    rules: ['R122'],
    topic: [1],
    config: { maximumRetryAttempts: 1, destination: TO_TOPIC },
    answers: [{ on: 'every', reports: ['0@0'] }],
    expect: { discards: [{ records: '0: 0', attempts: 2, functionError: null }] },
  },
  {
    id: 'C16.tail',
    title: 'records that were never attempted go to the destination with the one that failed before them',
    rules: ['R99'],
    topic: [3],
    config: { maximumRetryAttempts: 1, destination: TO_QUEUE },
    answers: [{ on: '0@1', reports: ['0@1', '0@2'] }],
    strict: true,
    expect: { discards: [{ records: '0: 1 2', attempts: 2 }], commits: { 0: [1, 3] } },
  },
  {
    id: 'C16.on-demand',
    title: 'a queue works in on-demand mode too, where the retries end with it after ten',
    rules: ['R5b', 'R91', 'R114'],
    topic: [1],
    config: {
      provisioned: undefined,
      maximumRetryAttempts: -1,
      reportBatchItemFailures: false,
      destination: TO_QUEUE,
    },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: { discards: [{ records: '0: 0', attempts: 11, functionError: 'Unhandled' }] },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C17.destination-fails',
    title: 'what a destination does not take counts as dropped, and the partition moves on',
    rules: ['R129'],
    topic: [2],
    config: { ...ONE_ATTEMPT, batchSize: 1, destination: TO_QUEUE },
    failing: { deliveries: 1 },
    answers: [{ on: '0@0', fails: 'thrown' }],
    expect: {
      deliveries: ['first 0: 0', 'first 0: 1'],
      discards: [],
      dropped: [{ records: '0: 0', condition: 'RetryAttemptsExhausted' }],
      commits: { 0: [1, 2] },
      counters: {
        DroppedEventCount: 1,
        OnFailureDestinationDeliveryErrorCount: 1,
        OnFailureDestinationDeliveredEventCount: 0,
      },
    },
  },
];
