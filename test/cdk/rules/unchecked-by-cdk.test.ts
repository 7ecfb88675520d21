/**
 * Our rules stand in for checks that aws-cdk-lib lacks. Each case hands a broken setting to aws-cdk-lib alone, which takes it in silence;
 * the day it does not, the case fails and our rule can go.
 */
import { type App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  Code,
  EventSourceMapping,
  EventSourceMappingLogLevel,
  type EventSourceMappingOptions,
  type FunctionProps,
  Function as LambdaFunction,
  MetricType,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { KafkaDlq, ManagedKafkaEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnBatchScramSecret, CfnCluster, CfnServerlessCluster, CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { expect, test } from 'vitest';
import type { RuleName } from '../../../cdk/index.ts';
import { clusterArn } from '../support/kafka-fixtures.ts';
import { violationsOf } from '../support/validated-synth.ts';

const provisioned = { provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 3 } };
const limited = { ...provisioned, retryAttempts: 3 };

function aFunction(scope: Construct, id: string, props: Partial<FunctionProps> = {}): LambdaFunction {
  return new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => undefined;'),
    ...props,
  });
}

/** A mapping as aws-cdk-lib alone makes it. */
function aMapping(scope: Construct, options: EventSourceMappingOptions, id = 'Mapping', timeout = 60): void {
  new EventSourceMapping(scope, id, {
    target: aFunction(scope, `${id}Target`, { timeout: Duration.seconds(timeout) }),
    eventSourceArn: clusterArn,
    kafkaTopic: 'order-events',
    startingPosition: StartingPosition.TRIM_HORIZON,
    ...options,
  });
}

function aRawCluster(
  scope: Construct,
  change: Partial<{ type: string; version: string; subnets: number; disk: number }>,
): CfnCluster {
  const { type = 'express.m7g.large', version = '3.9.x', subnets = 3, disk } = change;
  return new CfnCluster(scope, 'Cluster', {
    clusterName: 'shop',
    kafkaVersion: version,
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: {
      instanceType: type,
      clientSubnets: ['subnet-0a1b2c31', 'subnet-0a1b2c32', 'subnet-0a1b2c33'].slice(0, subnets),
      ...(disk && { storageInfo: { ebsStorageInfo: { volumeSize: disk } } }),
    },
  });
}

function aRawTopic(
  scope: Construct,
  arn: string,
  change: { readonly factor?: number; readonly configs?: string } = {},
): void {
  const { factor = 3, configs } = change;
  new CfnTopic(scope, 'Topic', {
    clusterArn: arn,
    topicName: 'order-events',
    partitionCount: 3,
    replicationFactor: factor,
    ...(configs && { configs }),
  });
}

const cases: Partial<Record<RuleName, (scope: Construct) => void>> = {
  'provisioned-mode-required': (scope) =>
    aMapping(scope, {
      retryAttempts: 3,
      maxRecordAge: Duration.hours(1),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      logLevel: EventSourceMappingLogLevel.INFO,
      metricsConfig: { metrics: [MetricType.KAFKA_METRICS] },
      onFailure: new KafkaDlq('order-events-dead-letter'),
    }),
  'retries-block-for-ever': (scope) => aMapping(scope, { ...provisioned, retryAttempts: -1 }),
  'retries-capped-at-10': (scope) =>
    aMapping(scope, { ...provisioned, retryAttempts: -1, onFailure: new SqsDlq(new Queue(scope, 'Failed')) }),
  'destination-is-source': (scope) =>
    aMapping(scope, { ...limited, onFailure: new KafkaDlq('order-events') }),
  'destination-topic-unknown': (scope) =>
    aMapping(scope, { ...limited, onFailure: new KafkaDlq('nobody-makes-it') }),
  'literal-required': (scope) =>
    aMapping(scope, { ...limited, onFailure: new KafkaDlq(Token.asString({ Ref: 'AWS::StackName' })) }),
  'topic-name': (scope) => aMapping(scope, { ...limited, kafkaTopic: 'order events!' }),
  'batch-size': (scope) =>
    aFunction(scope, 'Target').addEventSource(
      new ManagedKafkaEventSource({
        clusterArn,
        topic: 'order-events',
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 0,
      }),
    ),
  'group-empty': (scope) => aMapping(scope, { ...limited, kafkaConsumerGroupId: '' }),
  'group-colon': (scope) => aMapping(scope, { ...limited, kafkaConsumerGroupId: 'shop:billing' }),
  'group-shared': (scope) => {
    aMapping(scope, { ...limited, kafkaConsumerGroupId: 'billing' });
    aMapping(scope, { ...limited, kafkaConsumerGroupId: 'billing' }, 'Second');
  },
  'pollers-above-partitions': (scope) =>
    aMapping(scope, { provisionedPollerConfig: { minimumPollers: 100, maximumPollers: 100 } }),
  'function-timeout': (scope) => aMapping(scope, limited, 'Mapping', 900),
  'filters-too-many': (scope) =>
    aMapping(scope, {
      ...limited,
      filters: Array.from({ length: 6 }, (_, index) => ({ pattern: `{"value":[${index}]}` })),
    }),
  'filter-key': (scope) => aMapping(scope, { ...limited, filters: [{ pattern: '{"headers":["a"]}' }] }),
  'timestamp-in-future': (scope) =>
    aMapping(scope, {
      ...limited,
      startingPosition: StartingPosition.AT_TIMESTAMP,
      startingPositionTimestamp: 1_764_000_000_000,
    }),
  'metrics-empty': (scope) => aMapping(scope, { ...limited, metricsConfig: { metrics: [] } }),
  'self-managed-access': (scope) =>
    aMapping(scope, {
      ...limited,
      eventSourceArn: undefined,
      kafkaBootstrapServers: ['broker.example.com:9092'],
    }),
  'poller-group-limits': (scope) => {
    for (const id of ['First', 'Second'])
      aMapping(
        scope,
        { provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 2000, pollerGroupName: 'shop' } },
        id,
      );
  },
  'mtls-authority': (scope) => {
    const cluster = aRawCluster(scope, {});
    cluster.clientAuthentication = { tls: { enabled: true, certificateAuthorityArnList: [] } };
  },
  'scram-secret-name': (scope) => {
    const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-users-AbCdEf';
    new CfnBatchScramSecret(scope, 'Users', { clusterArn, secretArnList: [secretArn] });
  },
  'express-storage': (scope) => aRawCluster(scope, { disk: 100 }),
  'brokers-subnets': (scope) => aRawCluster(scope, { subnets: 2 }),
  'kafka-version': (scope) => aRawCluster(scope, { version: '3.7.x' }),
  'instance-type': (scope) => aRawCluster(scope, { type: 'express.none' }),
  'topic-resource-on-serverless': (scope) => {
    const cluster = new CfnServerlessCluster(scope, 'Cluster', {
      clusterName: 'shop',
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: [{ subnetIds: ['subnet-0a1b2c31', 'subnet-0a1b2c32'] }],
    });
    aRawTopic(scope, cluster.ref);
  },
  'topic-config': (scope) => aRawTopic(scope, clusterArn, { configs: '{"retention.ms": 1}' }),
  'replication-factor': (scope) => aRawTopic(scope, aRawCluster(scope, {}).ref, { factor: 9 }),
  'function-role-immutable': (scope) => {
    const role = Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/billing', {
      mutable: false,
    });
    new EventSourceMapping(scope, 'Mapping', {
      ...limited,
      target: aFunction(scope, 'Target', { role }),
      eventSourceArn: clusterArn,
      kafkaTopic: 'order-events',
      startingPosition: StartingPosition.TRIM_HORIZON,
    });
  },
};

test('aws-cdk-lib and its validator still take in silence what our rules refuse', () => {
  const checked = violationsOf((app: App) => {
    for (const [name, build] of Object.entries(cases)) build(new Stack(app, name));
  });
  expect(
    checked.map(({ path, rule, description }) => `${path.split('/')[0]}: ${rule} ${description}`),
  ).toEqual([]);
});
