import { describe, expect, it } from 'vitest';
import type { MappingRequest, RequestContext } from '../../../../local/mapping/refusals/mapping-request.ts';
import { refusalsOf, updateRefusals } from '../../../../local/mapping/refusals/refusals.ts';

const ARN = 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-4';
const SOUND: MappingRequest = {
  FunctionName: 'billing',
  EventSourceArn: ARN,
  Topics: ['order-events'],
  StartingPosition: 'TRIM_HORIZON',
  BatchSize: 100,
  MaximumRetryAttempts: 3,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
  AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing' },
  DestinationConfig: { OnFailure: { Destination: 'kafka://order-events-dead-letter' } },
};
const CONTEXT: RequestContext = { functionTimeout: 60_000, now: 1_790_000_000, others: [] };

const without = (field: keyof MappingRequest): MappingRequest =>
  Object.fromEntries(Object.entries(SOUND).filter(([name]) => name !== field));
const selfManaged = (changes: MappingRequest): MappingRequest => ({
  ...without('EventSourceArn'),
  SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b-1:9092'] } },
  SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: 'arn' }],
  ...changes,
});
const messages = (request: MappingRequest, context: Partial<RequestContext> = {}) =>
  refusalsOf(request, { ...CONTEXT, ...context }).map(({ message }) => message);

describe('a mapping', () => {
  it('that AWS takes is not refused', () => {
    expect(messages(SOUND)).toEqual([]);
    expect(messages(selfManaged({}))).toEqual([]);
  });

  it.each([
    ['no source', without('EventSourceArn'), 'Either eventSourceArn or kafkaBootstrapServers must be set'],
    ['no source, at the API', without('EventSourceArn'), 'Unrecognized event source.'],
    [
      'both sources',
      selfManaged({ EventSourceArn: ARN }),
      'eventSourceArn and kafkaBootstrapServers are mutually exclusive',
    ],
    [
      'no brokers',
      selfManaged({ SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: [] } } }),
      'kafkaBootStrapServers must not be empty if set',
    ],
    [
      'no credentials',
      selfManaged({ SourceAccessConfigurations: [] }),
      "Required 'sourceAccessConfigurations' parameter is missing.",
    ],
    [
      'the Internet without a secret',
      selfManaged({ SourceAccessConfigurations: [{ Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: 'arn' }] }),
      'secret must be set if Kafka brokers accessed over Internet',
    ],
    [
      'subnets alone',
      selfManaged({ SourceAccessConfigurations: [{ Type: 'VPC_SUBNET', URI: 'subnet:a' }] }),
      'securityGroup must be set when providing vpc',
    ],
    [
      'a security group alone',
      selfManaged({ SourceAccessConfigurations: [{ Type: 'VPC_SECURITY_GROUP', URI: 'security_group:a' }] }),
      'vpcSubnets must be set when providing vpc',
    ],
    [
      'an on-success destination',
      { ...SOUND, DestinationConfig: { OnSuccess: { Destination: 'arn' } } },
      'Unsupported DestinationConfig parameter for given event source mapping type.',
    ],
    [
      'a broken filter',
      { ...SOUND, FilterCriteria: { Filters: [{ Pattern: '{' }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'too few pollers',
      { ...SOUND, ProvisionedPollerConfig: { MinimumPollers: 0 } },
      'Minimum provisioned pollers must be between 1 and 200 inclusive',
    ],
    [
      'too many pollers',
      { ...SOUND, ProvisionedPollerConfig: { MaximumPollers: 2001 } },
      'Maximum provisioned pollers must be between 1 and 2000 inclusive',
    ],
    [
      'more pollers at least than at most',
      { ...SOUND, ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 3 } },
      'Minimum provisioned pollers must be less than or equal to maximum provisioned pollers',
    ],
    [
      'an empty group',
      { ...SOUND, AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: '' } },
      'kafkaConsumerGroupId must be a valid string between 1 and 200 characters',
    ],
    [
      'a group with a space',
      { ...SOUND, AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'a b' } },
      'kafkaConsumerGroupId contains invalid characters',
    ],
    [
      'encrypted filters without filters',
      { ...SOUND, KmsKeyArn: 'arn' },
      'filter criteria must be provided to enable setting filter criteria encryption',
    ],
    [
      'a long window',
      { ...SOUND, MaximumBatchingWindowInSeconds: 301 },
      'maxBatchingWindow cannot be over 300 seconds, got 301',
    ],
    [
      'a short age',
      { ...SOUND, MaximumRecordAgeInSeconds: 59 },
      'maxRecordAge must be between 60 seconds and 7 days inclusive',
    ],
    [
      'too many retries',
      { ...SOUND, MaximumRetryAttempts: 10_001 },
      'retryAttempts must be -1 (for infinite) or between 0 and 10000 inclusive, got 10001',
    ],
    [
      'AT_TIMESTAMP without a time',
      { ...SOUND, StartingPosition: 'AT_TIMESTAMP' },
      'startingPositionTimestamp must be provided when startingPosition is AT_TIMESTAMP',
    ],
    [
      'a time without AT_TIMESTAMP',
      { ...SOUND, StartingPositionTimestamp: 1 },
      'startingPositionTimestamp can only be used when startingPosition is AT_TIMESTAMP',
    ],
    [
      'retries in on-demand mode',
      { ...without('ProvisionedPollerConfig'), DestinationConfig: {} },
      "Unsupported 'maximumRetryAttempts' parameter for given event source mapping type.",
    ],
    [
      'a parameter of streams',
      { ...SOUND, ParallelizationFactor: 2 },
      "Unsupported 'parallelizationFactor' parameter for given event source mapping type.",
    ],
  ])('with %s is refused', (_title, request, message) => {
    expect(messages(request)).toContain(message);
  });

  it.each([
    [
      'no metrics',
      { MetricsConfig: { Metrics: [] } },
      /^MetricsConfig must contain at least one metric type/,
    ],
    ['batch size 0', { BatchSize: 0 }, /'0' at 'batchSize'.*greater than or equal to 1$/],
    ['batch size 10,001', { BatchSize: 10_001 }, /less than or equal to 10000$/],
    ['batch size 1.5', { BatchSize: 1.5 }, /whole number/],
    ['two topics', { Topics: ['a1', 'b1'] }, /'topics'.*length less than or equal to 1$/],
    ['a topic with a leading dot', { Topics: ['.hidden'] }, /regular expression pattern/],
    [
      'an unknown starting position',
      { StartingPosition: 'EARLIEST' },
      /\[TRIM_HORIZON, LATEST, AT_TIMESTAMP\]/,
    ],
    [
      'eleven filters',
      { FilterCriteria: { Filters: Array(11).fill({ Pattern: '{"value":["a"]}' }) } },
      /'filters'/,
    ],
    [
      'a destination that is the source',
      { DestinationConfig: { OnFailure: { Destination: 'kafka://order-events' } } },
      /the topic that the mapping reads/,
    ],
    ['a FIFO queue', { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:x:1:q.fifo' } } }, /FIFO/],
    [
      'a time to come',
      { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_800_000_000 },
      /future/,
    ],
    [
      'queue mode',
      { SelfManagedKafkaEventSourceConfig: { ConsumptionMode: 'Queue' } },
      /queue mode is not emulated/,
    ],
  ] as const)('with %s is refused', (_title, changes, message) => {
    expect(messages({ ...SOUND, ...changes }).join('\n')).toMatch(message);
  });

  it('of a function that is slow or missing is refused', () => {
    expect(messages(SOUND, { functionTimeout: 841_000 }).join()).toMatch(
      /841 s, a Kafka mapping takes 840 s at most/,
    );
    expect(messages(SOUND, { functionTimeout: undefined })).toEqual(['Function does not exist']);
  });

  it('that is there already conflicts with itself, and one group belongs to one mapping', () => {
    const others = [{ uuid: 'a-b', request: SOUND }];
    const [conflict, group] = refusalsOf(SOUND, { ...CONTEXT, others });
    expect(conflict).toMatchObject({
      code: 'ResourceConflict',
      message: expect.stringContaining(
        'already exists. Please update or delete the existing mapping with UUID a-b',
      ),
    });
    expect(group?.message).toMatch(/consumer group "billing" is used by mapping a-b too/);
  });

  it('cannot change what is fixed at its creation', () => {
    const after: MappingRequest = {
      ...SOUND,
      Topics: ['other'],
      BatchSize: 5,
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'new' },
    };
    expect(updateRefusals(SOUND, after).map(({ message }) => message.split(' ')[0])).toEqual([
      'Topics',
      'ConsumerGroupId',
    ]);
  });
});
