/** Settings at the edge of a rule: valid ones that a rule must not stop, and broken ones that it must not miss. */
import { CfnParameter, Duration, Fn, Size, Stack, Stage } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  FailureDestination,
  KafkaCluster,
  KafkaTopic,
  Pollers,
  SelfManagedAuthentication,
  SelfManagedKafka,
} from '../../../cdk/index.ts';
import { aCluster, aConsumer, anExistingTopic, aTopic, aVpc } from '../support/kafka-fixtures.ts';
import { anApp, aStack, resourceOf, warningsOf } from '../support/synth-app.ts';

const mappingType = 'AWS::Lambda::EventSourceMapping';

/** A topic of a cluster whose ARN is imported, each time anew. */
function importedTopic(scope: Construct, topicName: string) {
  const cluster = KafkaCluster.fromClusterArn(scope, `Cluster-${topicName}`, Fn.importValue('ClusterArn'));
  return KafkaTopic.fromTopicName(scope, topicName, { cluster, topicName, partitions: 3000 });
}

describe('one cluster', () => {
  test('is one when its ARN is imported twice', () => {
    const stack = aStack();
    const onFailure = FailureDestination.kafkaTopic(importedTopic(stack, 'dead-letters'));
    expect(() => aConsumer(stack, { topic: importedTopic(stack, 'orders'), onFailure })).not.toThrow();
    expect(() =>
      aConsumer(stack, { topic: importedTopic(stack, 'refunds'), group: 'billing' }, 'Second'),
    ).toThrow("got 'billing', which is the group of Shop/Billing");
  });

  test('is not another one that is made in the same place of another stack', () => {
    const app = anApp();
    for (const id of ['Beta', 'Prod']) {
      const stack = new Stack(app, id);
      aConsumer(stack, { topic: aTopic(stack), group: 'billing' });
    }
  });

  test('is one whatever the order of its brokers', () => {
    const stack = aStack();
    const topics = [
      ['broker-1:9092', 'broker-2:9092'],
      ['broker-2:9092', 'broker-1:9092'],
    ].map((bootstrapServers, at) => {
      const authentication = SelfManagedAuthentication.iam();
      const cluster = new SelfManagedKafka(stack, `Kafka${at}`, { bootstrapServers, authentication });
      return KafkaTopic.fromTopicName(stack, `Topic${at}`, { cluster, topicName: 'orders' });
    });
    const [first, second] = topics;
    aConsumer(stack, { ...(first && { topic: first }), group: 'billing' });
    expect(() => aConsumer(stack, { ...(second && { topic: second }), group: 'billing' }, 'Second')).toThrow(
      'which is the group of Shop/Billing',
    );
  });
});

describe('partitions that are known at deploy only', () => {
  test('are taken for unknown, so pollers have the bound of Lambda', () => {
    const stack = aStack();
    const partitions = new CfnParameter(stack, 'Partitions', { type: 'Number' }).valueAsNumber;
    const topic = KafkaTopic.fromTopicName(stack, 'Topic', {
      cluster: anExistingTopic(stack).cluster,
      topicName: 'orders',
      partitions,
    });
    aConsumer(stack, { topic });
    expect(resourceOf(stack, mappingType).Properties.ProvisionedPollerConfig).toEqual({
      MinimumPollers: 1,
      MaximumPollers: 200,
    });
  });
});

describe('a group of pollers', () => {
  const pollers = Pollers.provisioned({ maximum: 1500, group: 'shop' });

  test('is another one in another stage or another account', () => {
    const app = anApp();
    const beta = new Stack(new Stage(app, 'beta'), 'Shop');
    const prod = new Stack(new Stage(app, 'prod'), 'Shop');
    const elsewhere = new Stack(app, 'Elsewhere', { env: { account: '999988887777' } });
    for (const stack of [beta, prod, elsewhere])
      aConsumer(stack, { topic: importedTopic(stack, 'orders'), group: stack.node.path, pollers });
  });

  test('holds 100 mappings', () => {
    const stack = aStack();
    const one = Pollers.provisioned({ maximum: 1, group: 'shop' });
    for (let at = 0; at < 100; at += 1)
      aConsumer(stack, { topic: importedTopic(stack, `orders-${at}`), pollers: one }, `Consumer${at}`);
    const last = importedTopic(stack, 'orders-100');
    expect(() => aConsumer(stack, { topic: last, pollers: one }, 'Last')).toThrow('got 101 mappings');
  });

  test('is one across the stacks of a stage', () => {
    const app = anApp();
    aConsumer(new Stack(app, 'First'), { topic: importedTopic(app, 'orders'), pollers });
    expect(() =>
      aConsumer(new Stack(app, 'Second'), { topic: importedTopic(app, 'refunds'), group: 'b', pollers }),
    ).toThrow("got 2 mappings with 3000 pollers in 'shop'");
  });
});

describe('on-demand pollers', () => {
  test('of a cluster on the Internet need no endpoints in a VPC', () => {
    const stack = aStack();
    const cluster = new SelfManagedKafka(stack, 'Kafka', {
      bootstrapServers: ['broker:9092'],
      authentication: SelfManagedAuthentication.iam(),
    });
    const topic = KafkaTopic.fromTopicName(stack, 'Topic', { cluster, topicName: 'orders' });
    aConsumer(stack, { topic, pollers: Pollers.onDemand(), reportBatchItemFailures: false });
    expect(warningsOf(stack).filter((text) => text.includes('on-demand-needs-endpoints'))).toEqual([]);
  });
});

describe('a filter', () => {
  test.each([
    ['{broken', "got '{broken'"],
    ['null', "got 'null'"],
    ['["value"]', `got '["value"]'`],
    ['{"value":{"kind":[]}}', 'got value.kind without an array'],
    [JSON.stringify({ value: ['x'.repeat(4083)] }), 'got 4097 characters'],
  ])('that is %.30s is refused', (pattern, message) => {
    expect(() => aConsumer(aStack(), { filters: [{ pattern }] })).toThrow(message);
  });

  test.each([
    [{ value: { $or: [{ kind: ['order.placed'] }, { total: [{ numeric: ['>', 100] }] }] } }],
    [{ value: { lines: { sku: [{ prefix: 'sku-' }, null] } } }],
    [{ value: ['plain text'] }],
    [{ value: ['x'.repeat(4082)] }],
  ])('with every field in an array passes (%#)', (filter) => {
    expect(() => aConsumer(aStack(), { filters: [filter] })).not.toThrow();
  });
});

describe('a quota of filters', () => {
  test('is at most 10, whatever is said', () => {
    const filters = Array.from({ length: 11 }, (_, at) => ({ value: [`sku-${at}`] }));
    expect(() => aConsumer(aStack(), { filters, filterQuota: 20 })).toThrow('got 11 filters');
  });
});

describe('brokers of a self-managed cluster', () => {
  const authentication = SelfManagedAuthentication.iam();

  test.each([
    [[], 'got 0 brokers'],
    [Array.from({ length: 11 }, (_, at) => `broker-${at}:9092`), 'got 11 brokers'],
    [['broker-1:9092', `${'b'.repeat(296)}:9092`], `got '${'b'.repeat(296)}:9092'`],
  ])('are 1 to 10 of at most 300 characters (%#)', (bootstrapServers, message) => {
    expect(() => new SelfManagedKafka(aStack(), 'Kafka', { bootstrapServers, authentication })).toThrow(
      message,
    );
  });

  test('may be known at deploy only', () => {
    const bootstrapServers = [Fn.importValue('Brokers')];
    expect(() => new SelfManagedKafka(aStack(), 'Kafka', { bootstrapServers, authentication })).not.toThrow();
  });

  test('are in a VPC or not: a security group alone would be dropped', () => {
    const stack = aStack();
    const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0a1b2c3d');
    expect(
      () =>
        new SelfManagedKafka(stack, 'Kafka', { bootstrapServers: ['b:9092'], authentication, securityGroup }),
    ).toThrow('got securityGroup or vpcSubnets without a vpc');
    expect(
      () => new SelfManagedKafka(stack, 'Other', { bootstrapServers: ['b:9092'], vpc: aVpc(stack) }),
    ).toThrow('got a vpc without securityGroup');
  });
});

describe('a cluster', () => {
  test.each(['', '-shop', 'shop!', 'a'.repeat(65)])("is not named '%s'", (clusterName) => {
    expect(() => aCluster(aStack(), { clusterName })).toThrow('[lanewise:cluster-name]');
  });

  test.each([
    [{ volumeSize: 9, throughput: 250 }, 'kafka.m7g.2xlarge'],
    [{ volumeSize: 10, throughput: 249 }, 'kafka.m7g.2xlarge'],
    [{ volumeSize: 10, throughput: 250 }, 'kafka.m5.2xlarge'],
  ])('has no throughput of its own with %j on %s', (storage, instanceType) => {
    expect(() => aCluster(aStack(), { kind: 'standard', storage, instanceType })).toThrow(
      '[lanewise:storage-throughput]',
    );
  });

  test('of kind serverless has no records above 8 MiB', () => {
    const stack = aStack();
    const cluster = aCluster(stack, { kind: 'serverless' });
    expect(() => aTopic(stack, { cluster, maxBatchSize: Size.mebibytes(9) })).toThrow(
      'got max.message.bytes=9437184',
    );
  });
});

describe('a function behind an alias', () => {
  function aliasWith(scope: Construct, seconds: number) {
    return new LambdaFunction(scope, 'Own', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
      timeout: Duration.seconds(seconds),
    }).addAlias('live');
  }

  test('is checked and told its group like any other', () => {
    const stack = aStack();
    aConsumer(stack, { function: aliasWith(stack, 840) });
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({
      KAFKA_CONSUMER_GROUP: 'billing',
    });
    const other = aStack();
    expect(() => aConsumer(other, { function: aliasWith(other, 841) })).toThrow('got 841 seconds');
  });
});
