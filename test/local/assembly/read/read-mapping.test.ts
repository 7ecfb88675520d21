import { describe, expect, test } from 'vitest';
import {
  aFunctionResource,
  aMappingResource,
  aTemplate,
  firstOf,
  type Json,
  load,
  mappingOf,
} from '../an-assembly.ts';

describe('a mapping', () => {
  test('has the defaults of AWS for what its template does not say', () => {
    const config = mappingOf({});
    expect(config).toEqual({
      consumer: 'billing',
      uuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      functionArn: expect.stringContaining(':function:shop-BillingFunction-'),
      topic: 'order-events',
      group: config.uuid,
      source: { kind: 'msk', arn: 'arn:aws:kafka:eu-central-1:000000000000:cluster/shop/abc-1' },
      enabled: true,
      startingPosition: { kind: 'TRIM_HORIZON' },
      batchSize: 100,
      batchingWindow: 500,
      maximumRetryAttempts: -1,
      maximumRecordAge: -1,
      bisectBatchOnFunctionError: false,
      reportBatchItemFailures: false,
      provisioned: undefined,
      destination: undefined,
      filters: [],
      logLevel: undefined,
      metricGroups: undefined,
    });
  });

  test('has what its template says', () => {
    const config = mappingOf({
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing-group' },
      BatchSize: 10,
      BisectBatchOnFunctionError: true,
      Enabled: 'false',
      FilterCriteria: { Filters: [{ Pattern: '{"value":{"kind":["order.placed"]}}' }] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      LoggingConfig: { SystemLogLevel: 'DEBUG' },
      MaximumBatchingWindowInSeconds: 0,
      MaximumRecordAgeInSeconds: 60,
      MaximumRetryAttempts: 0,
      MetricsConfig: { Metrics: ['EventCount'] },
      ProvisionedPollerConfig: { MaximumPollers: 3 },
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: 1_700_000_000,
    });
    expect(config).toMatchObject({
      group: 'billing-group',
      batchSize: 10,
      bisectBatchOnFunctionError: true,
      enabled: false,
      filters: [{ value: { kind: ['order.placed'] } }],
      reportBatchItemFailures: true,
      logLevel: 'DEBUG',
      batchingWindow: 0,
      maximumRecordAge: 60_000,
      maximumRetryAttempts: 0,
      metricGroups: ['EventCount'],
      provisioned: { minimumPollers: 1, maximumPollers: 3 },
      startingPosition: { kind: 'AT_TIMESTAMP', timestamp: 1_700_000_000_000 },
    });
  });

  test('is on demand when its poller configuration is empty', () => {
    expect(mappingOf({ ProvisionedPollerConfig: {} }).provisioned).toBeUndefined();
  });

  test('may read a Kafka of its own', () => {
    const config = mappingOf({
      EventSourceArn: { Ref: 'AWS::NoValue' },
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['a:9092', 'b:9092'] } },
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'own' },
    });
    expect(config).toMatchObject({
      group: 'own',
      source: { kind: 'self-managed', bootstrapServers: 'a:9092,b:9092' },
    });
  });

  test.each([
    ['kafka://order-events-dead-letter', { kind: 'kafka', topic: 'order-events-dead-letter' }],
    [
      'arn:aws:sqs:eu-west-1:111122223333:parked',
      {
        kind: 'sqs',
        arn: 'arn:aws:sqs:eu-west-1:111122223333:parked',
        queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/parked',
      },
    ],
    [
      'arn:aws:sns:eu-west-1:111122223333:given-up',
      { kind: 'sns', topicArn: 'arn:aws:sns:eu-west-1:111122223333:given-up' },
    ],
    ['arn:aws:s3:::given-up', { kind: 's3', bucket: 'given-up', arn: 'arn:aws:s3:::given-up' }],
    ['', undefined],
  ])('sends discarded batches to %s', (Destination, expected) => {
    expect(mappingOf({ DestinationConfig: { OnFailure: { Destination } } }).destination).toEqual(expected);
  });

  test('sends discarded batches to a queue of the template', () => {
    const BillingMapping = aMappingResource({
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Parked', 'Arn'] } } },
    });
    const system = load(aTemplate({ Resources: { BillingMapping, Parked: { Type: 'AWS::SQS::Queue' } } }));
    const { queueUrl, arn } = firstOf(system.queues);
    expect(firstOf(system.mappings).config.destination).toEqual({ kind: 'sqs', queueUrl, arn });
  });

  test('may call its function by name, ARN, partial ARN or alias', () => {
    const named = (FunctionName: unknown) => {
      const Resources = {
        BillingFunction: aFunctionResource({ FunctionName: 'bill' }),
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: { Name: 'live', FunctionName: { Ref: 'BillingFunction' } },
        },
        BillingMapping: aMappingResource({ FunctionName }),
      };
      return firstOf(load(aTemplate({ Resources })).mappings).config.functionArn;
    };
    const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:bill';
    expect(named('bill')).toBe(arn);
    expect(named({ 'Fn::GetAtt': ['BillingFunction', 'Arn'] })).toBe(arn);
    expect(named('000000000000:function:bill')).toBe(arn);
    expect(named({ Ref: 'Live' })).toBe(`${arn}:live`);
  });

  test.each<[string, Json, RegExp]>([
    [
      'two topics',
      { Topics: ['a', 'b'] },
      /exactly one topic, got \["a","b"\], at shop BillingMapping Properties\.Topics/,
    ],
    [
      'no source',
      { EventSourceArn: { Ref: 'AWS::NoValue' } },
      /Either eventSourceArn or kafkaBootstrapServers must be set/,
    ],
    ['two sources', { SelfManagedEventSource: { Endpoints: {} } }, /mutually exclusive/],
    ['no starting position', { StartingPosition: { Ref: 'AWS::NoValue' } }, /StartingPosition is missing/],
    [
      'a timestamp it lacks',
      { StartingPosition: 'AT_TIMESTAMP' },
      /startingPositionTimestamp must be provided/,
    ],
    ['a timestamp too many', { StartingPositionTimestamp: 1 }, /startingPositionTimestamp can only be used/],
    [
      'queue mode',
      { SelfManagedKafkaEventSourceConfig: { ConsumptionMode: 'Queue' } },
      /queue mode is not emulated/,
    ],
    [
      'a broken filter',
      { FilterCriteria: { Filters: [{ Pattern: '{' }] } },
      /Invalid filter pattern definition/,
    ],
    [
      'an unknown destination',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:kinesis:a:b:c' } } },
      /no on-failure destination/,
    ],
    ['a number that is none', { BatchSize: 'many' }, /expected a whole number, got 'many'/],
    ['a fraction', { MaximumRetryAttempts: 1.5 }, /expected a whole number, got '1\.5'/],
    ['a flag that is none', { Enabled: 'perhaps' }, /expected true or false, got 'perhaps'/],
    [
      'a foreign function',
      { FunctionName: 'elsewhere' },
      /calls elsewhere, which no stack of this assembly declares/,
    ],
    ['an object that is none', { DestinationConfig: 'x' }, /expected an object, got string "x"/],
  ])('with %s is refused', (_what, properties, message) => {
    expect(() => mappingOf(properties)).toThrow(message);
  });

  test('of a queue or a stream is left out with a note', () => {
    const OnQueue = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: 'arn:aws:sqs:eu-central-1:000000000000:parked',
        FunctionName: 'elsewhere',
      },
    };
    const system = load(aTemplate({ Resources: { OnQueue } }));
    expect(system.mappings).toHaveLength(1);
    expect(system.notes).toEqual(['shop OnQueue reads no Kafka topic: left out']);
  });

  test('with a schema registry is run without it, and says so', () => {
    const config = {
      AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { SchemaRegistryURI: 'arn:x' } },
    };
    const template = aTemplate({ Resources: { BillingMapping: aMappingResource(config) } });
    expect(load(template).notes).toEqual([
      'the schema registry of shop BillingMapping is not asked: records are handed over as they are',
    ]);
  });
});
