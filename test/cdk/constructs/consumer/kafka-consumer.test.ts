import { Duration, type Stack, Tags, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  Code,
  EventRecordFormat,
  EventSourceMappingLogLevel,
  FilterCriteria,
  FilterRule,
  KafkaSchemaRegistryAccessConfigType,
  KafkaSchemaValidationAttribute,
  Function as LambdaFunction,
  MetricType,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { ConfluentSchemaRegistry, GlueSchemaRegistry } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { FailureDestination, KafkaCluster, KafkaTopic, Pollers } from '../../../../cdk/index.ts';
import {
  aCluster,
  aConsumer,
  aKey,
  anExistingTopic,
  aSecret,
  aTopic,
  clusterArn,
  mtls,
  scram,
} from '../../support/kafka-fixtures.ts';
import { statementsOf } from '../../support/statements.ts';
import { aStack, resourceOf, resourcesOf } from '../../support/synth-app.ts';

const mappingType = 'AWS::Lambda::EventSourceMapping';

/** What a mapping waits for, by the beginning of its logical id. */
function dependenciesOf(stack: Stack, mapping: string): readonly string[] {
  const all = Object.entries(Template.fromStack(stack).findResources(mappingType));
  return all.find(([id]) => id.startsWith(mapping))?.[1].DependsOn ?? [];
}

describe('a consumer by default', () => {
  test('polls from the beginning in provisioned mode, and reports record by record', () => {
    const stack = aStack();
    aConsumer(stack, {}, 'OrderMailer');
    expect(resourceOf(stack, mappingType).Properties).toEqual({
      EventSourceArn: clusterArn,
      Topics: ['order-events'],
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'order-mailer' },
      FunctionName: { Ref: expect.stringContaining('Function') },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      MaximumRetryAttempts: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
      MetricsConfig: { Metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } },
    });
  });

  test('runs on Node 24 and arm64, with a log group and a role of its own', () => {
    const stack = aStack();
    aConsumer(stack);
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 60,
      MemorySize: 256,
      Environment: { Variables: { KAFKA_CONSUMER_GROUP: 'billing', NODE_OPTIONS: '--enable-source-maps' } },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
    });
    expect(resourceOf(stack, 'AWS::Logs::LogGroup').Properties.RetentionInDays).toBe(30);
    expect(resourceOf(stack, 'AWS::IAM::Role').Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('waits with polling until it may, and until its topics are there', () => {
    const stack = aStack();
    const topic = aTopic(stack);
    aConsumer(stack, { topic });
    const template = Template.fromStack(stack);
    const [topicId] = Object.keys(template.findResources('AWS::MSK::Topic'));
    const { DependsOn } = resourceOf(stack, mappingType);
    expect(DependsOn).toContain(topicId);
    expect(DependsOn?.some((id) => id.startsWith('BillingPoll'))).toBe(true);
    expect(DependsOn?.some((id) => id.startsWith('BillingNetworkInterfaces'))).toBe(true);
  });

  test('waits with polling until brokers let it in and know its secret, and until it may discard', () => {
    const stack = aStack();
    const topic = aTopic(stack, { cluster: aCluster(stack, { authentication: [scram(stack)] }) });
    const deadLetters = topic.addDeadLetterTopic('DeadLetters');
    aConsumer(stack, { topic, onFailure: FailureDestination.kafkaTopic(deadLetters) });
    aConsumer(stack, { topic }, 'Inventory');
    const template = Template.fromStack(stack);
    for (const type of ['AWS::EC2::SecurityGroupIngress', 'AWS::MSK::BatchScramSecret', 'AWS::MSK::Topic']) {
      const needed = Object.keys(template.findResources(type));
      expect(needed, type).not.toEqual([]);
      expect(dependenciesOf(stack, 'BillingMapping')).toEqual(expect.arrayContaining(needed));
    }
    const rights = dependenciesOf(stack, 'InventoryMapping').filter((id) => id.startsWith('InventoryDest'));
    expect(rights).toHaveLength(1);
  });

  test.each([
    ['scram', scram, ['kafka:ListScramSecrets', 'secretsmanager:GetSecretValue', 'kms:Decrypt']],
    ['mtls', mtls, ['secretsmanager:GetSecretValue', 'kms:Decrypt']],
  ] as const)('may read the secret of %s and its key, and has no rights of IAM', (_way, way, actions) => {
    const stack = aStack();
    const cluster = KafkaCluster.fromClusterAttributes(stack, 'Cluster', {
      clusterArn,
      authentication: [way(stack)],
    });
    aConsumer(stack, { topic: KafkaTopic.fromTopicName(stack, 'Topic', { cluster, topicName: 'orders' }) });
    const rights = statementsOf(stack).filter(({ policy }) => policy.startsWith('BillingPoll'));
    expect(rights.flatMap((statement) => statement.actions)).toEqual([
      'kafka:DescribeClusterV2',
      'kafka:GetBootstrapBrokers',
      ...actions,
    ]);
    expect(resourceOf(stack, mappingType).Properties.SourceAccessConfigurations).toEqual([
      {
        Type: _way === 'scram' ? 'SASL_SCRAM_512_AUTH' : 'CLIENT_CERTIFICATE_TLS_AUTH',
        URI: { Ref: expect.any(String) },
      },
    ]);
  });
});

describe('every control of a mapping', () => {
  test('reaches the template', () => {
    const stack = aStack();
    aConsumer(stack, {
      group: 'shop.billing',
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(5),
      startingPosition: StartingPosition.AT_TIMESTAMP,
      startingPositionTimestamp: 1_764_000_000,
      retryAttempts: 0,
      maxRecordAge: Duration.hours(6),
      bisectBatchOnError: true,
      reportBatchItemFailures: false,
      pollers: Pollers.provisioned({ minimum: 2, maximum: 3, group: 'shop' }),
      logLevel: EventSourceMappingLogLevel.DEBUG,
      metrics: [MetricType.KAFKA_METRICS],
      enabled: false,
    });
    const { FunctionResponseTypes, ...properties } = resourceOf(stack, mappingType).Properties;
    expect(FunctionResponseTypes).toBeUndefined();
    expect(properties).toMatchObject({
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'shop.billing' },
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: 1_764_000_000,
      MaximumRetryAttempts: 0,
      MaximumRecordAgeInSeconds: 21_600,
      BisectBatchOnFunctionError: true,
      ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 3, PollerGroupName: 'shop' },
      LoggingConfig: { SystemLogLevel: 'DEBUG' },
      MetricsConfig: { Metrics: ['KafkaMetrics'] },
      Enabled: false,
    });
  });

  test('is absent in on-demand mode, where Lambda refuses it', () => {
    const stack = aStack();
    aConsumer(stack, { pollers: Pollers.onDemand(), reportBatchItemFailures: false, onFailure: undefined });
    expect(Object.keys(resourceOf(stack, mappingType).Properties).toSorted()).toEqual([
      'AmazonManagedKafkaEventSourceConfig',
      'BatchSize',
      'EventSourceArn',
      'FunctionName',
      'MaximumBatchingWindowInSeconds',
      'StartingPosition',
      'Topics',
    ]);
  });

  test('covers filters, plain or made by FilterCriteria, and their key', () => {
    const stack = aStack();
    aConsumer(stack, {
      filters: [
        { value: { kind: ['order.placed'] } },
        FilterCriteria.filter({ value: { kind: FilterRule.isEqual('order.cancelled') } }),
      ],
      filterEncryption: aKey(stack, 'FilterKey'),
    });
    expect(resourceOf(stack, mappingType).Properties).toMatchObject({
      FilterCriteria: {
        Filters: [
          { Pattern: '{"value":{"kind":["order.placed"]}}' },
          { Pattern: '{"value":{"kind":["order.cancelled"]}}' },
        ],
      },
      KmsKeyArn: { 'Fn::GetAtt': [expect.stringContaining('FilterKey'), 'Arn'] },
    });
    const policy = resourceOf(stack, 'AWS::KMS::Key').Properties.KeyPolicy;
    expect(JSON.stringify(policy)).toContain('lambda.amazonaws.com');
  });

  test('covers tags', () => {
    const stack = aStack();
    Tags.of(aConsumer(stack)).add('team', 'shop');
    expect(resourceOf(stack, mappingType).Properties.Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
  });
});

describe('a schema registry', () => {
  const validation = {
    eventRecordFormat: EventRecordFormat.JSON,
    schemaValidationConfigs: [
      { attribute: KafkaSchemaValidationAttribute.KEY },
      { attribute: KafkaSchemaValidationAttribute.VALUE },
    ],
  };

  test('of Glue validates key and value, with rights on that registry only', () => {
    const stack = aStack();
    const schemaRegistryArn = 'arn:aws:glue:eu-central-1:111122223333:registry/shop';
    aConsumer(stack, { schemaRegistryConfig: new GlueSchemaRegistry({ schemaRegistryArn, ...validation }) });
    expect(
      resourceOf(stack, mappingType).Properties.AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig,
    ).toEqual({
      SchemaRegistryURI: schemaRegistryArn,
      EventRecordFormat: 'JSON',
      SchemaValidationConfigs: [{ Attribute: 'KEY' }, { Attribute: 'VALUE' }],
    });
    const glue = statementsOf(stack).filter(({ actions }) => actions.join().includes('glue:'));
    expect(glue.flatMap(({ resources }) => resources)).toContain(schemaRegistryArn);
  });

  test('of Confluent hands over the source as it is, with a secret to sign in', () => {
    const stack = aStack();
    aConsumer(stack, {
      schemaRegistryConfig: new ConfluentSchemaRegistry({
        ...validation,
        eventRecordFormat: EventRecordFormat.SOURCE,
        schemaRegistryUri: 'https://registry.example.com',
        authenticationType: KafkaSchemaRegistryAccessConfigType.BASIC_AUTH,
        secret: aSecret(stack, 'Registry'),
      }),
    });
    expect(
      resourceOf(stack, mappingType).Properties.AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig,
    ).toMatchObject({
      SchemaRegistryURI: 'https://registry.example.com',
      EventRecordFormat: 'SOURCE',
      AccessConfigs: [{ Type: 'BASIC_AUTH', URI: { Ref: expect.any(String) } }],
    });
  });
});

describe('what a consumer may have of its own', () => {
  test('is a parking queue and a checkpoint table, which its function hears of and may use', () => {
    const stack = aStack();
    aConsumer(stack, {
      ownParkingQueue: true,
      ownCheckpointTable: true,
      onFailure: undefined,
      maxRecordAge: Duration.days(1),
    });
    const [queue] = Object.keys(Template.fromStack(stack).findResources('AWS::SQS::Queue'));
    const [table] = Object.keys(Template.fromStack(stack).findResources('AWS::DynamoDB::Table'));
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables).toMatchObject({
      PARKING_QUEUE_URL: { Ref: queue },
      CHECKPOINT_TABLE: { Ref: table },
    });
    const rights = statementsOf(stack).map(
      ({ actions, resources }) => `${actions.join()} on ${resources.join()}`,
    );
    expect(rights).toContain(`sqs:SendMessage on <${queue}.Arn>`);
    expect(rights).toContain(`dynamodb:BatchGetItem,dynamodb:PutItem on <${table}.Arn>`);
    expect(resourceOf(stack, 'AWS::DynamoDB::Table').Properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    expect(resourceOf(stack, 'AWS::SQS::Queue').Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
  });
});

describe('what a consumer is given', () => {
  test('is a queue and a table, which its function hears of and may use, with the key of the queue', () => {
    const stack = aStack();
    const encryptionMasterKey = aKey(stack, 'QueueKey');
    const parkingQueue = new Queue(stack, 'Parked', { encryptionMasterKey });
    const partitionKey = { name: 'pk', type: AttributeType.STRING };
    const checkpointTable = new Table(stack, 'Checkpoints', { partitionKey });
    aConsumer(stack, { parkingQueue, checkpointTable });
    const rights = statementsOf(stack).map(
      ({ actions, resources }) => `${actions.join()} on ${resources.join()}`,
    );
    for (const right of [
      /^sqs:SendMessage on <Parked\w+\.Arn>$/,
      /^kms:Decrypt,kms:GenerateDataKey on <QueueKey\w+\.Arn>$/,
      /^dynamodb:BatchGetItem,dynamodb:PutItem on <Checkpoints\w+\.Arn>$/,
    ])
      expect(rights).toContainEqual(expect.stringMatching(right));
  });

  test('outlives the stack when it is its own; the table forgets what expired, the queue wants TLS', () => {
    const stack = aStack();
    aConsumer(stack, { ownCheckpointTable: true, ownParkingQueue: true });
    expect(resourceOf(stack, 'AWS::DynamoDB::Table').Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    const [policy] = resourcesOf(stack, 'AWS::SQS::QueuePolicy');
    expect(JSON.stringify(policy?.Properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
  });
});

describe('a function of your own', () => {
  test('is polled for with its own role, and told its group', () => {
    const stack = aStack();
    const own = new LambdaFunction(stack, 'Own', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
    });
    aConsumer(stack, { function: own });
    expect(resourcesOf(stack, 'AWS::Lambda::Function')).toHaveLength(1);
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({
      KAFKA_CONSUMER_GROUP: 'billing',
    });
    const poll = Template.fromStack(stack).findResources('AWS::IAM::Policy');
    const roles = Object.values(poll).flatMap(({ Properties }) => Properties.Roles);
    expect(new Set(roles.map(({ Ref }) => Ref)).size).toBe(1);
  });

  test('cannot be one without a role', () => {
    const stack = aStack();
    const imported = LambdaFunction.fromFunctionName(stack, 'Imported', 'billing');
    expect(() => aConsumer(stack, { function: imported })).toThrow('got a function without a known role');
  });

  test('takes settings of a function from its own props, not from the consumer', () => {
    const stack = aStack();
    const own = new LambdaFunction(stack, 'Own', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
    });
    expect(() => aConsumer(stack, { function: own, memorySize: 512 })).toThrow(
      'got function with memorySize',
    );
  });
});

test('two consumers of one topic are two groups, so each sees every record', () => {
  const stack = aStack();
  const topic = anExistingTopic(stack);
  const groups = [aConsumer(stack, { topic }), aConsumer(stack, { topic }, 'Inventory')].map(
    ({ group }) => group,
  );
  expect(groups).toEqual(['billing', 'inventory']);
});

test('a group that is known at deploy only is refused, because nobody could check it', () => {
  const group = Token.asString({ Ref: 'GroupName' });
  expect(() => aConsumer(aStack(), { group })).toThrow('got a token as group');
});
