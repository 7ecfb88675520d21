import { Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { KafkaAuthentication, KafkaCluster, KafkaTopic, KafkaVpcConnection } from '../../../../cdk/index.ts';
import {
  aCluster,
  aConsumer,
  aKey,
  authorityArn,
  aVpc,
  clusterArn,
  mtls,
  scram,
} from '../../support/kafka-fixtures.ts';
import { statementsOf } from '../../support/statements.ts';
import { aStack, resourceOf } from '../../support/synth-app.ts';

describe('an Express cluster', () => {
  test("lies in the private subnets of CDK's own Vpc, which has no isolated ones", () => {
    const stack = aStack();
    const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['a', 'b', 'c'] });
    new KafkaCluster(stack, 'Cluster', { clusterName: 'shop', vpc });
    const { Properties } = resourceOf(stack, 'AWS::MSK::Cluster');
    const privateSubnets = stack.resolve(vpc.privateSubnets.map(({ subnetId }) => subnetId));
    expect(Properties.BrokerNodeGroupInfo.ClientSubnets).toEqual(privateSubnets);
  });

  test('is what one gets by default: three brokers in three zones, IAM and TLS only', () => {
    const stack = aStack();
    aCluster(stack);
    const { Properties, DeletionPolicy } = resourceOf(stack, 'AWS::MSK::Cluster');
    expect(Properties).toMatchObject({
      ClusterName: 'shop',
      KafkaVersion: '3.9.x',
      NumberOfBrokerNodes: 3,
      BrokerNodeGroupInfo: { InstanceType: 'express.m7g.large' },
      ClientAuthentication: {
        Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } },
        Unauthenticated: { Enabled: false },
      },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
    });
    expect(Properties.BrokerNodeGroupInfo.ClientSubnets).toHaveLength(3);
    expect(Properties.BrokerNodeGroupInfo).not.toHaveProperty('StorageInfo');
    expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('lets its own security group in, because the pollers are in it, and nobody else', () => {
    const stack = aStack();
    aCluster(stack);
    const { Properties: group } = resourceOf(stack, 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress).toBeUndefined();
    const { Properties: ingress } = resourceOf(stack, 'AWS::EC2::SecurityGroupIngress');
    expect(ingress).toMatchObject({ IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098 });
    expect(ingress.SourceSecurityGroupId).toEqual(ingress.GroupId);
  });

  test('opens the port of each way to sign in', () => {
    const stack = aStack();
    aCluster(stack, { authentication: [KafkaAuthentication.iam(), scram(stack), mtls(stack)] });
    const ports = Object.values(
      Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress'),
    ).map(({ Properties }) => Properties.FromPort);
    expect(ports.toSorted()).toEqual([9094, 9096, 9098]);
  });

  test('associates SCRAM secrets and names certificate authorities', () => {
    const stack = aStack();
    aCluster(stack, { authentication: [scram(stack), mtls(stack)] });
    expect(resourceOf(stack, 'AWS::MSK::BatchScramSecret').Properties.SecretArnList).toHaveLength(1);
    expect(resourceOf(stack, 'AWS::MSK::Cluster').Properties.ClientAuthentication).toEqual({
      Sasl: { Iam: { Enabled: false }, Scram: { Enabled: true } },
      Tls: { Enabled: true, CertificateAuthorityArnList: [authorityArn] },
      Unauthenticated: { Enabled: false },
    });
  });

  test('has several brokers in each zone when asked to', () => {
    const stack = aStack();
    expect(aCluster(stack, { brokersPerZone: 2 }).brokerCount).toBe(6);
    expect(resourceOf(stack, 'AWS::MSK::Cluster').Properties.NumberOfBrokerNodes).toBe(6);
  });
});

describe('a Standard cluster', () => {
  test('takes storage, a key, a configuration, a monitoring level and log destinations', () => {
    const stack = aStack();
    aCluster(stack, {
      kind: 'standard',
      kafkaVersion: '3.8.x',
      instanceType: 'kafka.m7g.2xlarge',
      storage: { volumeSize: 500, throughput: 250 },
      encryptionKey: aKey(stack, 'Key'),
      serverProperties: { 'auto.create.topics.enable': 'false', 'default.replication.factor': '3' },
      monitoring: 'PER_TOPIC_PER_BROKER',
      brokerLogs: { deliveryStream: 'broker-logs' },
    });
    expect(resourceOf(stack, 'AWS::MSK::Cluster').Properties).toMatchObject({
      KafkaVersion: '3.8.x',
      EnhancedMonitoring: 'PER_TOPIC_PER_BROKER',
      BrokerNodeGroupInfo: {
        InstanceType: 'kafka.m7g.2xlarge',
        StorageInfo: {
          EBSStorageInfo: {
            VolumeSize: 500,
            ProvisionedThroughput: { Enabled: true, VolumeThroughput: 250 },
          },
        },
      },
      LoggingInfo: { BrokerLogs: { Firehose: { Enabled: true, DeliveryStream: 'broker-logs' } } },
      ConfigurationInfo: { Revision: { 'Fn::GetAtt': [expect.any(String), 'LatestRevision.Revision'] } },
    });
    expect(resourceOf(stack, 'AWS::MSK::Configuration').Properties.ServerProperties).toBe(
      'auto.create.topics.enable=false\ndefault.replication.factor=3',
    );
  });
});

describe('what a cluster holds and tells', () => {
  test('is encrypted with a key of your own, and logged to each destination that is named', () => {
    const stack = aStack();
    const bucket = new Bucket(stack, 'BrokerLogs');
    aCluster(stack, { encryptionKey: aKey(stack, 'Key'), brokerLogs: { bucket } });
    const { EncryptionInfo, LoggingInfo } = resourceOf(stack, 'AWS::MSK::Cluster').Properties;
    expect(EncryptionInfo.EncryptionAtRest).toEqual({
      DataVolumeKMSKeyId: { 'Fn::GetAtt': [expect.stringContaining('Key'), 'Arn'] },
    });
    expect(LoggingInfo.BrokerLogs).toEqual({
      S3: { Enabled: true, Bucket: { Ref: expect.stringContaining('BrokerLogs') }, Prefix: 'msk' },
    });
  });

  test('is logged for a month when nobody says where', () => {
    const stack = aStack();
    aCluster(stack);
    const { LoggingInfo } = resourceOf(stack, 'AWS::MSK::Cluster').Properties;
    expect(LoggingInfo.BrokerLogs.CloudWatchLogs).toEqual({
      Enabled: true,
      LogGroup: { Ref: expect.any(String) },
    });
    const groups = Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'));
    expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toContain(30);
  });
});

describe('a Serverless cluster', () => {
  test('is content with the two zones that a stack without a region sees', () => {
    const stack = aStack();
    new KafkaCluster(stack, 'Cluster', { kind: 'serverless', clusterName: 'shop', vpc: aVpc(stack, 2) });
    const { Properties } = resourceOf(stack, 'AWS::MSK::ServerlessCluster');
    expect(Properties.VpcConfigs[0].SubnetIds).toHaveLength(2);
  });

  test('has IAM and nothing to size', () => {
    const stack = aStack();
    expect(aCluster(stack, { kind: 'serverless' }).brokerCount).toBeUndefined();
    expect(resourceOf(stack, 'AWS::MSK::ServerlessCluster').Properties).toMatchObject({
      ClusterName: 'shop',
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
    });
  });

  test('stays as it is when somebody tags the stack, because a tag would replace it', () => {
    const stack = aStack();
    aCluster(stack, { kind: 'serverless' });
    Tags.of(stack).add('team', 'shop');
    expect(resourceOf(stack, 'AWS::MSK::ServerlessCluster').Properties).not.toHaveProperty('Tags');
  });
});

describe('a cluster that exists', () => {
  test('tells its name from its ARN', () => {
    expect(KafkaCluster.fromClusterArn(aStack(), 'Cluster', clusterArn).clusterName).toBe('shop');
  });

  test('of another account is read through a VPC connection', () => {
    const stack = aStack();
    const connection = new KafkaVpcConnection(stack, 'Connection', {
      clusterArn,
      vpc: aVpc(stack),
      vpcSubnets: { subnetGroupName: 'brokers' },
    });
    const cluster = KafkaCluster.fromClusterAttributes(stack, 'Cluster', {
      clusterArn,
      vpcConnectionArn: connection.vpcConnectionArn,
    });
    expect(cluster.clusterArn).toBe(clusterArn);
    expect(stack.resolve(cluster.eventSourceArn)).toEqual({ Ref: expect.stringContaining('Connection') });
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::VpcConnection', {
      Authentication: 'SASL_IAM',
      TargetClusterArn: clusterArn,
      ClientSubnets: Match.anyValue(),
    });
    const { Properties: ingress } = resourceOf(stack, 'AWS::EC2::SecurityGroupIngress');
    expect(ingress.SourceSecurityGroupId).toEqual(ingress.GroupId);
  });

  test.each([
    ['iam', 'SASL_IAM'],
    ['scram', 'SASL_SCRAM'],
    ['mtls', 'TLS'],
  ] as const)('is reached through a connection for one way to sign in: %s', (authentication, name) => {
    const stack = aStack();
    const vpcSubnets = { subnetGroupName: 'brokers' };
    new KafkaVpcConnection(stack, 'Connection', { clusterArn, vpc: aVpc(stack), vpcSubnets, authentication });
    expect(resourceOf(stack, 'AWS::MSK::VpcConnection').Properties.Authentication).toBe(name);
  });

  test('of another account is polled with the right to describe the connection', () => {
    const stack = aStack();
    const vpcConnectionArn =
      'arn:aws:kafka:eu-central-1:111122223333:vpc-connection/999988887777/shop/0f1e2d3c-4';
    const cluster = KafkaCluster.fromClusterAttributes(stack, 'Cluster', { clusterArn, vpcConnectionArn });
    aConsumer(stack, { topic: KafkaTopic.fromTopicName(stack, 'Topic', { cluster, topicName: 'orders' }) });
    const rights = statementsOf(stack).map(
      ({ actions, resources }) => `${actions.join()} on ${resources.join()}`,
    );
    expect(rights).toContain(`kafka:DescribeVpcConnection on ${vpcConnectionArn}`);
    const mapping = resourceOf(stack, 'AWS::Lambda::EventSourceMapping').Properties;
    expect(mapping.EventSourceArn).toBe(vpcConnectionArn);
  });
});
