import { Duration, RemovalPolicy, Size, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { KafkaCluster } from '../../../../cdk/index.ts';
import { aCluster, anExistingTopic, aTopic, aVpc, clusterArn } from '../../support/kafka-fixtures.ts';
import { aRole } from '../../support/roles.ts';
import { statementsOf } from '../../support/statements.ts';
import { aStack, resourceOf, resourcesOf, type TemplateResource } from '../../support/synth-app.ts';

function configsOf(stack: Stack, name: string): unknown {
  const found = resourcesOf(stack, 'AWS::MSK::Topic').find(({ Properties }) => Properties.TopicName === name);
  return JSON.parse(Buffer.from(found?.Properties.Configs, 'base64').toString());
}

describe('a topic on a provisioned cluster', () => {
  test('is a resource of CloudFormation with three copies, and stays when it leaves the template', () => {
    const stack = aStack();
    aTopic(stack);
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = resourceOf(stack, 'AWS::MSK::Topic');
    expect(Properties).toMatchObject({ TopicName: 'order-events', PartitionCount: 3, ReplicationFactor: 3 });
    expect(Properties).not.toHaveProperty('Configs');
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
  });

  test('has its configuration as base64 of a JSON object of strings', () => {
    const stack = aStack();
    aTopic(stack, {
      retention: Duration.days(3),
      retentionSize: Size.gibibytes(1),
      cleanupPolicy: 'compact,delete',
      maxBatchSize: Size.mebibytes(4),
      minInSyncReplicas: 2,
      configs: { 'segment.ms': '3600000' },
    });
    const { Configs } = resourceOf(stack, 'AWS::MSK::Topic').Properties;
    expect(JSON.parse(Buffer.from(Configs, 'base64').toString())).toEqual({
      'retention.ms': '259200000',
      'retention.bytes': '1073741824',
      'cleanup.policy': 'compact,delete',
      'max.message.bytes': '4194304',
      'min.insync.replicas': '2',
      'segment.ms': '3600000',
    });
  });

  test('has as many copies as brokers where there are only two', () => {
    const stack = aStack();
    aTopic(stack, { cluster: aCluster(stack, { kind: 'standard', vpc: aVpc(stack, 2) }) });
    expect(resourceOf(stack, 'AWS::MSK::Topic').Properties.ReplicationFactor).toBe(2);
  });

  test('has a dead-letter twin with the same partitions and copies, and the same end', () => {
    const stack = aStack();
    const cluster = aCluster(stack, { kind: 'standard' });
    const twin = aTopic(stack, {
      cluster,
      partitions: 12,
      replicationFactor: 2,
      removalPolicy: RemovalPolicy.DESTROY,
    }).addDeadLetterTopic('DeadLetters');
    expect(twin.topicName).toBe('order-events-dead-letter');
    const [source, dead] = resourcesOf(stack, 'AWS::MSK::Topic');
    for (const topic of [source, dead]) {
      expect(topic?.Properties).toMatchObject({ PartitionCount: 12, ReplicationFactor: 2 });
      expect(topic?.DeletionPolicy).toBe('Delete');
    }
  });

  test('has a twin that keeps records for 14 days and takes a whole event, unless told otherwise', () => {
    const stack = aStack();
    const topic = aTopic(stack);
    topic.addDeadLetterTopic('DeadLetters');
    expect(configsOf(stack, 'order-events-dead-letter')).toEqual({
      'retention.ms': '1209600000',
      'max.message.bytes': '8388608',
    });
  });

  test.each([
    [{ retention: Duration.days(1), maxBatchSize: Size.mebibytes(2) }],
    [{ configs: { 'retention.ms': '86400000', 'max.message.bytes': '2097152' } }],
  ])('has a twin whose configuration may be told in either way (%#)', (config) => {
    const stack = aStack();
    aTopic(stack).addDeadLetterTopic('DeadLetters', config);
    expect(configsOf(stack, 'order-events-dead-letter')).toEqual({
      'retention.ms': '86400000',
      'max.message.bytes': '2097152',
    });
  });

  test('has a twin that the same maker makes', () => {
    const stack = aStack();
    aTopic(stack, { managedBy: 'custom-resource' }).addDeadLetterTopic('DeadLetters');
    expect(resourcesOf(stack, 'Custom::KafkaTopic')).toHaveLength(2);
  });
});

describe('a topic where CloudFormation has no resource for it', () => {
  test('is made by a function beside the brokers, whose properties say what the topic should be', () => {
    const stack = aStack();
    aTopic(stack, { cluster: aCluster(stack, { kind: 'serverless' }), retention: Duration.days(1) });
    expect(resourceOf(stack, 'Custom::KafkaTopic').Properties).toMatchObject({
      TopicName: 'order-events',
      PartitionCount: 3,
      ReplicationFactor: 3,
      Configs: { 'retention.ms': '86400000' },
      DeleteTopic: false,
    });
    const admin = resourcesOf(stack, 'AWS::Lambda::Function').filter(
      ({ Properties }) => Properties.VpcConfig,
    );
    expect(admin).toHaveLength(1);
  });

  test('of an existing cluster needs its network, and shares one admin with the other topics', () => {
    const stack = aStack();
    const { network } = aCluster(stack);
    const cluster = KafkaCluster.fromClusterAttributes(stack, 'Other', { clusterArn, ...network });
    aTopic(stack, { cluster });
    aTopic(stack, { cluster, topicName: 'refunds' });
    expect(resourcesOf(stack, 'Custom::KafkaTopic')).toHaveLength(2);
    expect(resourcesOf(stack, 'AWS::Lambda::Function')).toHaveLength(2);
  });

  test('may be deleted only when its removal policy says so', () => {
    const stack = aStack();
    const cluster = aCluster(stack, { kind: 'serverless' });
    aTopic(stack, { cluster });
    aTopic(stack, { cluster, topicName: 'scratch', removalPolicy: RemovalPolicy.DESTROY });
    const deletable = statementsOf(stack).filter(({ actions }) =>
      actions.includes('kafka-cluster:DeleteTopic'),
    );
    expect(deletable.map(({ resources }) => resources.join())).toEqual([expect.stringMatching(/\/scratch$/)]);
  });

  test('is made by functions that wait for their rights, each with more time than the one it calls', () => {
    const stack = aStack();
    aTopic(stack, { cluster: aCluster(stack, { kind: 'serverless' }) });
    const functions = Object.entries(
      Template.fromStack(stack).findResources('AWS::Lambda::Function') as Record<string, TemplateResource>,
    );
    const [admin, provider] = ['Admin', 'Provider'].map(
      (name) => functions.find(([id]) => new RegExp(`${name}[0-9A-F]{8}$`).test(id))?.[1],
    );
    for (const [found, policies] of [
      [admin, ['Connect', 'NetworkInterfaces']],
      [provider, ['Provide']],
    ] as const)
      for (const policy of policies)
        expect(found?.DependsOn?.some((id) => new RegExp(`${policy}[0-9A-F]{8}$`).test(id))).toBe(true);
    const { ServiceTimeout } = resourceOf(stack, 'Custom::KafkaTopic').Properties;
    const times = [admin?.Properties.Timeout, provider?.Properties.Timeout, ServiceTimeout];
    expect(times).toEqual([120, 150, 200]);
  });

  test('waits for the rights of the admin, and for the port that the brokers let it in by', () => {
    const stack = aStack();
    aTopic(stack, { cluster: aCluster(stack, { kind: 'serverless' }) });
    const { DependsOn = [] } = resourceOf(stack, 'Custom::KafkaTopic');
    expect(DependsOn.some((id) => id.includes('Topicorderevents'))).toBe(true);
    const [ingress] = Object.keys(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress'));
    expect(DependsOn).toContain(ingress);
  });
});

describe('grants', () => {
  test('to produce cover the topic, and an idempotent producer', () => {
    const stack = aStack();
    anExistingTopic(stack).grantProduce(aRole(stack));
    expect(statementsOf(stack)).toEqual([
      {
        actions: ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'],
        resources: [clusterArn],
        policy: expect.any(String),
      },
      {
        actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
        resources: [`${clusterArn.replace(':cluster/', ':topic/')}/order-events`],
        policy: expect.any(String),
      },
    ]);
  });

  test('to consume cover the topic and one group', () => {
    const stack = aStack();
    anExistingTopic(stack).grantConsume(aRole(stack), 'reports');
    expect(
      statementsOf(stack).map(({ actions, resources }) => `${actions.join()} on ${resources.join()}`),
    ).toEqual([
      `kafka-cluster:Connect on ${clusterArn}`,
      `kafka-cluster:DescribeTopic,kafka-cluster:ReadData on ${clusterArn.replace(':cluster/', ':topic/')}/order-events`,
      `kafka-cluster:AlterGroup,kafka-cluster:DescribeGroup on ${clusterArn.replace(':cluster/', ':group/')}/reports`,
    ]);
  });
});
