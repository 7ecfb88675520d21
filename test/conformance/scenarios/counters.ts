import { EMBEDDED_TOPIC, SAME_CORE, type Scenario, VIRTUAL_TIME } from '../scenario.ts';

const TO_QUEUE = {
  kind: 'sqs',
  queueUrl: 'http://localhost/given-up',
  arn: 'arn:aws:sqs:eu-central-1:000011112222:given-up',
} as const;

const AFTER_CRASH = [
  { do: 'produce', topic: [] },
  { do: 'start' },
  { do: 'pass', ms: 505 },
  { do: 'crash' },
  { do: 'start' },
  { do: 'drain' },
] as const;

const LINE = {
  resourceArn:
    'arn:aws:lambda:eu-central-1:000011112222:event-source-mapping:11111111-2222-4333-8444-555555555555',
  eventSourceArn: 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-4',
  eventProcessorId: '11111111-2222-4333-8444-555555555555/0',
} as const;

const CONNECTION = {
  brokerEndpoints: 'embedded',
  consumerId: '11111111-2222-4333-8444-555555555555-0',
  topics: ['shop-orders-2'],
  consumerGroupId: 'group-of-shop-orders-2',
  totalPartitionCount: 2,
} as const;

/** C20, C22: what is counted, and what comes again after a crash or a rebalance. */
export const COUNTERS: readonly Scenario[] = [
  {
    id: 'C20.all',
    title:
      'polled are succeeded, filtered, dropped and delivered together; committed steps are the whole topic',
    rules: ['R136', 'R98', 'R62'],
    topic: [[{ value: '{"a":1}' }, { value: '{"a":2}' }, { value: '{"a":1}' }, { value: '{"a":1}' }]],
    config: { filters: [{ value: { a: [1] } }], maximumRetryAttempts: 1, destination: TO_QUEUE },
    answers: [{ on: '0@2', reports: ['0@2'] }],
    expect: {
      counters: {
        PolledEventCount: 4,
        FilteredOutEventCount: 1,
        OnFailureDestinationDeliveredEventCount: 1,
        DroppedEventCount: 0,
        CommittedEventCount: 4,
        OffsetLag: 0,
        MaxOffsetLag: 0,
        SumOffsetLag: 0,
      },
    },
    listedOnly: { deliveries: ['first 0: 0 2 3', 'reported 0: 2'] },
    fromLowest: {
      discards: [{ records: '0: 2 3' }],
      counters: { OnFailureDestinationDeliveredEventCount: 2 },
    },
  },
  {
    id: 'C20.invoked-again',
    title: 'records that are sent again count as invoked again; a partial answer fails what it lists',
    rules: ['R86e', 'R94'],
    topic: [3],
    answers: [
      { on: 'every', times: 1, notReached: 'throttled' },
      { on: 'every', times: 1, reports: ['0@2'] },
    ],
    expect: { counters: { InvokedEventCount: 7, FailedInvokeEventCount: 4, InvokeErrorCount: 1 } },
  },
  {
    id: 'C20.gaps',
    title: 'gaps count as committed and not as polled',
    rules: ['R30', 'R59'],
    topic: [1],
    steps: [
      { do: 'produce', topic: [] },
      { do: 'skip-offsets', partition: 0, count: 9 },
      { do: 'start' },
      { do: 'drain' },
    ],
    expect: { counters: { PolledEventCount: 1, CommittedEventCount: 10 } },
    notOnKafka: EMBEDDED_TOPIC,
  },
  {
    id: 'C20.results',
    title: 'the last processing result is OK after a success',
    rules: ['R159'],
    topic: [1],
    expect: { result: 'OK' },
  },
  {
    id: 'C20.problem',
    title: 'the last processing result names a problem after a failure',
    rules: ['R159'],
    topic: [1],
    config: { maximumRetryAttempts: 0 },
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: { result: 'PROBLEM: ' },
  },
  {
    id: 'C20.log-offsets',
    title: 'at DEBUG the system log tells the offsets of each partition every minute',
    rules: ['R151', 'R152', 'R155'],
    topic: [3],
    config: { logLevel: 'DEBUG' },
    steps: [{ do: 'produce', topic: [] }, { do: 'start' }, { do: 'pass', ms: 121_000 }],
    expect: {
      loggedTypes: ['POLLER_STATUS_EVENT', 'KAFKA_STATUS_EVENT', 'KAFKA_STATUS_EVENT'],
      logged: [
        {
          ...LINE,
          eventType: 'KAFKA_STATUS_EVENT',
          logLevel: 'DEBUG',
          timestamp: '2026-01-01T00:01:00.000Z',
          kafkaPartitionOffsets: [
            {
              partition: 'shop-orders-2-0',
              endOffset: 3,
              consumedOffset: 3,
              processedOffset: 2,
              committedOffset: 3,
            },
          ],
        },
      ],
    },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C20.log-connection',
    title: 'at INFO the system log tells of the connection and the assigned partitions',
    rules: ['R151', 'R152', 'R154'],
    topic: [1],
    config: { logLevel: 'INFO' },
    expect: { logged: [{ ...LINE, eventType: 'POLLER_STATUS_EVENT', logLevel: 'INFO' }] },
  },
  {
    id: 'C20.log-assignment',
    title: 'it tells which of the topic’s partitions this process has, anew when another one joins',
    rules: ['R154'],
    topic: [1, 1],
    config: { logLevel: 'INFO' },
    steps: [
      { do: 'produce', topic: [] },
      { do: 'start' },
      { do: 'drain' },
      { do: 'join' },
      { do: 'pass', ms: 5_000 },
    ],
    expect: {
      logged: [
        {
          eventType: 'POLLER_STATUS_EVENT',
          kafkaEventSourceConnection: {
            ...CONNECTION,
            assignedPartitionCount: 2,
            partitionsAssignmentGeneration: 1,
            assignedPartitions: ['shop-orders-2-0', 'shop-orders-2-1'],
          },
        },
        {
          eventType: 'POLLER_STATUS_EVENT',
          kafkaEventSourceConnection: {
            ...CONNECTION,
            assignedPartitionCount: 1,
            partitionsAssignmentGeneration: 1,
            assignedPartitions: ['shop-orders-2-1'],
          },
        },
      ],
    },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C20.log-levels',
    title: 'at INFO trouble is told too, and no offsets',
    rules: ['R151', 'R155'],
    topic: [1],
    config: { logLevel: 'INFO' },
    failing: { fetches: 1 },
    steps: [{ do: 'produce', topic: [] }, { do: 'start' }, { do: 'pass', ms: 121_000 }],
    expect: { loggedTypes: ['POLLER_STATUS_EVENT', 'ESM_PROCESSING_EVENT'] },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C20.no-log',
    title: 'without a level nothing is logged',
    rules: ['R151'],
    topic: [1],
    failing: { fetches: 1 },
    steps: [{ do: 'produce', topic: [] }, { do: 'start' }, { do: 'pass', ms: 121_000 }],
    expect: { loggedTypes: [] },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C20.published',
    title:
      'of the metrics those of the groups asked for are published, errors when there are any, the lag and the capacity always',
    rules: ['R46', 'R64', 'R136'],
    topic: [2],
    config: { metricGroups: ['EventCount', 'ErrorCount'] },
    failing: { commits: 1 },
    expect: {
      published: {
        PolledEventCount: 2,
        FilteredOutEventCount: 0,
        InvokedEventCount: 2,
        FailedInvokeEventCount: 0,
        DroppedEventCount: 0,
        OnFailureDestinationDeliveredEventCount: 0,
        CommittedEventCount: 2,
        CommitErrorCount: 1,
        OffsetLag: 0,
        ProvisionedPollers: 1,
        EventPollerUnit: 1,
        EventPollerThroughputInBytes: 18,
      },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C20.published-on-demand',
    title: 'without groups, and on demand, the lag alone is published',
    rules: ['R4', 'R45'],
    topic: [2],
    config: { provisioned: undefined, maximumRetryAttempts: -1, reportBatchItemFailures: false },
    expect: { published: { OffsetLag: 0 } },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C20.log-trouble',
    title: 'at WARN the system log tells of a poll that failed',
    rules: ['R151', 'R152', 'R153'],
    topic: [1],
    config: { logLevel: 'WARN' },
    failing: { fetches: 1 },
    expect: { logged: [{ ...LINE, eventType: 'ESM_PROCESSING_EVENT', logLevel: 'WARN' }] },
  },
  {
    id: 'C20.own-diagnostic',
    title: 'a diagnostic of an answer is in the log whatever the level',
    rules: ['R75', 'R151'],
    topic: [1],
    answers: [{ on: 'first', reports: ['0@9'] }],
    expect: { diagnostics: ['R75'], logged: [{ eventType: 'EMULATOR_DIAGNOSTIC', rule: 'R75' }] },
  },
  {
    id: 'C22.crash-in-flight',
    title: 'a batch that was in flight at a crash is delivered again',
    rules: ['R6', 'R47'],
    topic: [2],
    duration: 100,
    steps: AFTER_CRASH,
    expect: { deliveries: ['first 0: 0 1', 'first 0: 0 1'], commits: { 0: [2] } },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C22.stop-in-flight',
    title: 'a mapping that is stopped ends what is in flight and commits it: nothing comes again',
    rules: ['R58', 'R65'],
    topic: [2],
    duration: 100,
    steps: AFTER_CRASH.map((step) => (step.do === 'crash' ? { do: 'stop' as const } : step)),
    expect: { deliveries: ['first 0: 0 1'], commits: { 0: [2] } },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C22.rebalance',
    title:
      'a process that joins takes partitions over; what was in flight in them comes again and is not committed by the loser',
    rules: ['R6', 'R47', 'R54'],
    topic: [1, 1],
    duration: 1_000,
    steps: [
      { do: 'produce', topic: [] },
      { do: 'start' },
      { do: 'pass', ms: 600 },
      { do: 'join' },
      { do: 'drain' },
    ],
    expect: { deliveries: ['first 0: 0 | 1: 0', 'first 1: 0'], commits: { 0: [1], 1: [1] } },
    notOnKafka: VIRTUAL_TIME,
  },
  {
    id: 'C22.shared',
    title:
      'two processes that join at the same moment share the partitions, and neither commits what the other has',
    rules: ['R54'],
    topic: [1, 1],
    steps: [
      { do: 'start' },
      { do: 'join' },
      { do: 'pass', ms: 100 },
      { do: 'produce', topic: [1, 1] },
      { do: 'drain' },
    ],
    expect: {
      deliveries: ['first 0: 0', 'first 1: 0'],
      commits: { 0: [1], 1: [1] },
      counters: { CommitErrorCount: 0 },
    },
    notOnKafka: VIRTUAL_TIME,
  },
];
