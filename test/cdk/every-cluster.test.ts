import { Annotations, type App, Stack, Validations } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import {
  type ClusterAuthentication,
  FailureDestination,
  type IKafkaCluster,
  KafkaAuthentication,
  KafkaBrokerAlarms,
  KafkaCluster,
  KafkaConsumer,
  KafkaConsumerAlarms,
  KafkaConsumerDashboard,
  KafkaTopic,
  ruleCode,
} from '../../cdk/index.ts';
import { addShop } from '../../cdk/shop-app.ts';
import { existingContext } from './support/existing-context.ts';
import { aCluster, clusterArn, handlerFile, mtls, scram } from './support/kafka-fixtures.ts';
import { violationsOf } from './support/validated-synth.ts';

const ways: Readonly<Record<string, (stack: Stack) => ClusterAuthentication>> = {
  iam: () => KafkaAuthentication.iam(),
  scram,
  mtls,
};

/** Every kind with every way to sign in that MSK has for it. */
const combinations = [
  ...['express', 'standard', 'existing'].flatMap((kind) =>
    Object.keys(ways).map((way) => [kind, way] as const),
  ),
  ['serverless', 'iam'] as const,
];

function clusterOf(stack: Stack, kind: string, way: string): IKafkaCluster {
  const authentication = [(ways[way] ?? scram)(stack)] as const;
  if (kind === 'existing')
    return KafkaCluster.fromClusterAttributes(stack, 'Cluster', { clusterArn, authentication });
  return aCluster(stack, { kind: kind as 'express' | 'standard' | 'serverless', authentication });
}

/** A cluster, its topics, one consumer and all there is to watch them. */
function build(stack: Stack, kind: string, way: string): void {
  const cluster = clusterOf(stack, kind, way);
  const topic = topicOf(stack, cluster, 'order-events');
  const consumer = new KafkaConsumer(stack, 'Billing', {
    topic,
    group: `billing-${kind}-${way}`,
    onFailure: FailureDestination.kafkaTopic(topicOf(stack, cluster, 'order-events-dead-letter')),
    entry: handlerFile,
    ownParkingQueue: true,
    ownCheckpointTable: true,
  });
  new KafkaConsumerAlarms(stack, 'Alarms', { consumer });
  new KafkaConsumerDashboard(stack, 'Dashboard', { consumers: [consumer] });
  new KafkaBrokerAlarms(stack, 'BrokerAlarms', { cluster });
}

function topicOf(stack: Stack, cluster: IKafkaCluster, topicName: string) {
  if (cluster.network) return new KafkaTopic(stack, topicName, { cluster, topicName, partitions: 3 });
  Annotations.of(stack).acknowledgeWarning(ruleCode('destination-topic-unknown'), 'it exists');
  return KafkaTopic.fromTopicName(stack, topicName, { cluster, topicName, partitions: 3 });
}

test('a finding of either is seen at all', () => {
  const found = violationsOf((app) => {
    const stack = new Stack(app, 'Careless');
    new Queue(stack, 'Queue');
    new CfnTopic(stack, 'Topic', {
      clusterArn,
      topicName: 'orders',
      partitionCount: 0,
      replicationFactor: 3,
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  });
  const rules = found.map(({ rule }) => rule);
  expect(rules).toContain('AwsSolutions-SQS4');
  expect(rules).toContain('F3034');
});

describe('every kind of cluster with every way to sign in', () => {
  test('synthesizes without a finding of the validator or of cdk-nag', () => {
    const found = violationsOf((app: App) => {
      for (const [kind, way] of combinations) build(new Stack(app, `${kind}-${way}`), kind, way);
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    });
    expect(found.map(({ path, rule, description }) => `${path}: ${rule} ${description}`)).toEqual([]);
  });
});

describe.each([
  ['express', { cluster: 'express' }],
  ['standard', { cluster: 'standard' }],
  ['serverless', { cluster: 'serverless' }],
  ['existing', existingContext],
])('the reference system on a cluster of kind %s', (_kind, context) => {
  test('synthesizes without a finding of the validator or of cdk-nag', () => {
    const found = violationsOf((app) => void addShop(app), context);
    expect(found.map(({ path, rule, description }) => `${path}: ${rule} ${description}`)).toEqual([]);
  });
});
