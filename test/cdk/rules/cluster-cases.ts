import { Fn, Size, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import {
  KafkaAuthentication,
  KafkaCluster,
  KafkaTopic,
  SelfManagedAuthentication,
  SelfManagedKafka,
} from '../../../cdk/index.ts';
import {
  aCluster,
  anExistingCluster,
  anExistingTopic,
  aSecret,
  aSelfManagedCluster,
  aTopic,
  aVpc,
  clusterArn,
  mtls,
  scram,
} from '../support/kafka-fixtures.ts';
import { aRole } from '../support/roles.ts';
import type { SomeRuleCases } from './rule-case.ts';

const connectionArn = 'arn:aws:kafka:eu-central-1:111122223333:vpc-connection/999988887777/shop/0f1e2d3c-4';

function selfManaged(scope: Construct, bootstrapServers: readonly string[]): SelfManagedKafka {
  return new SelfManagedKafka(scope, 'Kafka', {
    bootstrapServers,
    authentication: SelfManagedAuthentication.iam(),
  });
}

const standard = { kind: 'standard' } as const;
const serverless = { kind: 'serverless' } as const;

export const clusterCases = {
  'cluster-name': {
    breaks: (stack) => aCluster(stack, { clusterName: 'shop_orders' }),
    message:
      "a cluster name is 1 to 64 letters, digits and hyphens, beginning with a letter or a digit; got 'shop_orders': rename the cluster [lanewise:cluster-name] at Shop/Cluster",
    nearest: (stack) => aCluster(stack, { clusterName: 'a'.repeat(64) }),
  },
  'cluster-arn': {
    breaks: (stack) => KafkaCluster.fromClusterArn(stack, 'Cluster', connectionArn),
    message: `a cluster is named by an ARN like arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID; got '${connectionArn}': pass the ARN of the cluster; that of a VPC connection is vpcConnectionArn [lanewise:cluster-arn] at Shop/Cluster`,
    nearest: (stack) => {
      KafkaCluster.fromClusterArn(stack, 'Cluster', clusterArn);
      KafkaCluster.fromClusterArn(stack, 'ClusterOfToken', Fn.importValue('ClusterArn'));
    },
  },
  'brokers-per-zone': {
    breaks: (stack) => aCluster(stack, { brokersPerZone: 0 }),
    message:
      'each zone has a whole number of brokers, at least 1; got 0: correct the number [lanewise:brokers-per-zone] at Shop/Cluster',
    nearest: (stack) => aCluster(stack, { brokersPerZone: 1 }),
  },
  'storage-throughput': {
    breaks: (stack) => aCluster(stack, { ...standard, storage: { volumeSize: 100, throughput: 250 } }),
    message:
      'MSK provisions throughput from 250 MiB/s on volumes from 10 GiB, for brokers from kafka.m5.4xlarge or kafka.m7g.2xlarge; got 250 MiB/s on 100 GiB of kafka.m7g.large: leave throughput out, or take a larger instance type and volume [lanewise:storage-throughput] at Shop/Cluster',
    nearest: (stack) =>
      aCluster(stack, {
        ...standard,
        instanceType: 'kafka.m7g.2xlarge',
        storage: { volumeSize: 10, throughput: 250 },
      }),
  },
  'express-storage': {
    breaks: (stack) => aCluster(stack, { storage: { volumeSize: 100 } }),
    message:
      'Express brokers manage their storage themselves; got storage of 100 GiB: leave storage out [lanewise:express-storage] at Shop/Cluster',
    nearest: (stack) => aCluster(stack, { ...standard, storage: { volumeSize: 100 } }),
  },
  'brokers-subnets': {
    breaks: (stack) => aCluster(stack, { vpc: aVpc(stack, 2) }),
    message:
      'Express brokers span three zones, Standard brokers two or three, Serverless clusters two or more; got 2 subnets for express: give a VPC with one subnet in each of three zones; a stack without a region sees two unless availabilityZones are given [lanewise:brokers-subnets] at Shop/Cluster',
    nearest: (stack) => {
      aCluster(stack, { ...standard, vpc: aVpc(stack, 2) });
      const other = new Stack(stack.node.root, 'Other');
      aCluster(other, { ...serverless, vpc: aVpc(other, 2) });
    },
  },
  'kafka-version': {
    breaks: (stack) => aCluster(stack, { kafkaVersion: '3.7.x' }),
    message:
      "Express runs Kafka 3.6, 3.8, 3.9 and 4.2; Standard 3.6 and later; Serverless chooses for itself; got '3.7.x' for express: use one of these [lanewise:kafka-version] at Shop/Cluster",
    nearest: (stack) => aCluster(stack, { kafkaVersion: '3.8.x' }),
  },
  'instance-type': {
    breaks: (stack) => aCluster(stack, { instanceType: 'kafka.m7g.large' }),
    message:
      "Express has express.* instance types, Standard kafka.*, Serverless none; got 'kafka.m7g.large' for express: use a type of the kind, e.g. express.m7g.large or kafka.m7g.large [lanewise:instance-type] at Shop/Cluster",
    nearest: (stack) => aCluster(stack, { instanceType: 'express.m7g.xlarge' }),
  },
  'express-region': {
    region: 'us-west-1',
    breaks: (stack) => aCluster(stack),
    message:
      "Express brokers need a region with three zones for MSK; got us-west-1: use kind: 'standard' there [lanewise:express-region] at Shop/Cluster",
    nearest: (stack) => aCluster(stack, { ...standard, vpc: aVpc(stack, 2) }),
  },
  'serverless-authentication': {
    breaks: (stack) => aCluster(stack, { ...serverless, authentication: [scram(stack)] }),
    message:
      'a Serverless cluster signs clients in by IAM only; got scram: use KafkaAuthentication.iam() [lanewise:serverless-authentication] at Shop/Cluster',
    nearest: (stack) => aCluster(stack, { ...serverless, authentication: [KafkaAuthentication.iam()] }),
  },
  'serverless-setting': {
    breaks: (stack) => aCluster(stack, { ...serverless, monitoring: 'PER_BROKER' }),
    message:
      'a Serverless cluster has no such setting; got monitoring: leave it out or use another kind [lanewise:serverless-setting] at Shop/Cluster',
    nearest: (stack) => aCluster(stack, serverless),
  },
  'scram-secret-name': {
    breaks: (stack) => {
      const key = new Key(stack, 'Key');
      const secret = Secret.fromSecretNameV2(stack, 'Users', 'shop-users');
      aCluster(stack, { authentication: [KafkaAuthentication.scram({ secret, key })] });
    },
    message:
      "MSK takes only SCRAM secrets whose name begins with AmazonMSK_; got 'shop-users': rename the secret [lanewise:scram-secret-name] at Shop/Cluster",
    nearest: (stack) => {
      const key = new Key(stack, 'Key');
      const secret = Secret.fromSecretNameV2(stack, 'Users', 'AmazonMSK_shop-users');
      aCluster(stack, { authentication: [KafkaAuthentication.scram({ secret, key })] });
    },
  },
  'mtls-authority': {
    breaks: (stack) => aCluster(stack, { authentication: [mtls(stack, [])] }),
    message:
      'mutual TLS needs at least one certificate authority; got none: name an AWS Private CA by its ARN [lanewise:mtls-authority] at Shop/Cluster',
    nearest: (stack) => aCluster(stack, { authentication: [mtls(stack)] }),
  },
} as const satisfies SomeRuleCases;

export const topicCases = {
  'topic-behind-connection': {
    breaks: (stack) => {
      const { network } = aCluster(stack);
      const cluster = KafkaCluster.fromClusterAttributes(stack, 'Foreign', {
        clusterArn,
        vpcConnectionArn: connectionArn,
        ...network,
      });
      aTopic(stack, { cluster });
    },
    message:
      'the admin function reaches brokers in their own VPC, and these are behind a VPC connection to another account; got a cluster with vpcConnectionArn: let the owner of the cluster create the topic, and use KafkaTopic.fromTopicName [lanewise:topic-behind-connection] at Shop/Topic-order-events',
    nearest: (stack) => {
      const { network } = aCluster(stack);
      aTopic(stack, {
        cluster: KafkaCluster.fromClusterAttributes(stack, 'Own', { clusterArn, ...network }),
      });
    },
  },
  'serverless-topic-config': {
    breaks: (stack) => aTopic(stack, { cluster: aCluster(stack, serverless), minInSyncReplicas: 2 }),
    message:
      'on Serverless a topic has cleanup.policy, compression.type, max.message.bytes up to 8 MiB, message.timestamp.difference.max.ms, message.timestamp.type, retention.bytes and retention.ms, and nothing else; got min.insync.replicas=2: leave it out or use another kind of cluster [lanewise:serverless-topic-config] at Shop/Topic-order-events',
    nearest: (stack) =>
      aTopic(stack, {
        cluster: aCluster(stack, serverless),
        maxBatchSize: Size.mebibytes(8),
        cleanupPolicy: 'compact',
        retention: 'unlimited',
        configs: { 'message.timestamp.type': 'LogAppendTime', 'compression.type': 'zstd' },
      }),
  },
  'bootstrap-servers': {
    breaks: (stack) => selfManaged(stack, ['broker.example.com']),
    message:
      "a self-managed cluster is named by 1 to 10 brokers, each host:port of at most 300 characters; got 'broker.example.com': correct the list [lanewise:bootstrap-servers] at Shop/Kafka",
    nearest: (stack) =>
      selfManaged(
        stack,
        Array.from({ length: 10 }, (_, at) => `broker-${at}.example.com:9092`),
      ),
  },
  'topic-partitions': {
    breaks: (stack) => aTopic(stack, { partitions: 0 }),
    message:
      'a topic has a whole number of partitions, at least 1; got 0: correct the number [lanewise:topic-partitions] at Shop/Topic-order-events',
    nearest: (stack) => aTopic(stack, { partitions: 1 }),
  },
  'replication-factor': {
    breaks: (stack) =>
      aTopic(stack, { cluster: aCluster(stack, { ...standard, vpc: aVpc(stack, 2) }), replicationFactor: 3 }),
    message:
      'the replication factor is at least 1, at most the number of brokers, and always 3 on Express and Serverless; got 3 on standard with 2 brokers: correct it or leave it out [lanewise:replication-factor] at Shop/Topic-order-events',
    nearest: (stack) =>
      aTopic(stack, { cluster: aCluster(stack, { ...standard, vpc: aVpc(stack, 2) }), replicationFactor: 2 }),
  },
  'topic-resource-on-serverless': {
    breaks: (stack) => aTopic(stack, { cluster: aCluster(stack, serverless), managedBy: 'cloudformation' }),
    message:
      "AWS::MSK::Topic works on provisioned clusters only; got 'cloudformation' on serverless: leave managedBy out, or set it to 'custom-resource' [lanewise:topic-resource-on-serverless] at Shop/Topic-order-events",
    nearest: (stack) => aTopic(stack, { cluster: aCluster(stack, serverless), managedBy: 'custom-resource' }),
  },
  'topic-needs-network': {
    breaks: (stack) => aTopic(stack, { cluster: anExistingCluster(stack) }),
    message:
      'topics here are made by a function beside the brokers, which needs the VPC and a security group; got an existing cluster without them: pass vpc and securityGroup to fromClusterAttributes [lanewise:topic-needs-network] at Shop/Topic-order-events',
    nearest: (stack) => anExistingTopic(stack),
  },
  'topic-needs-iam': {
    breaks: (stack) =>
      aTopic(stack, {
        cluster: aCluster(stack, { authentication: [scram(stack)] }),
        managedBy: 'custom-resource',
      }),
    message:
      'topics here are made by a function that signs in by IAM; got scram: turn on IAM authentication [lanewise:topic-needs-iam] at Shop/Topic-order-events',
    nearest: (stack) =>
      aTopic(stack, {
        cluster: aCluster(stack, { authentication: [scram(stack), KafkaAuthentication.iam()] }),
        managedBy: 'custom-resource',
      }),
  },
  'topic-config': {
    breaks: (stack) => aTopic(stack, { retention: 'unlimited', configs: { 'retention.ms': '-1' } }),
    message:
      "a topic config is a name and a string, and is set by a prop of its own or in configs; got 'retention.ms' twice: set it once [lanewise:topic-config] at Shop/Topic-order-events",
    nearest: (stack) => aTopic(stack, { retention: 'unlimited', configs: { 'segment.ms': '3600000' } }),
  },
  'grant-needs-iam': {
    breaks: (stack) => {
      const cluster = aSelfManagedCluster(stack);
      KafkaTopic.fromTopicName(stack, 'Topic', { cluster, topicName: 'orders' }).grantProduce(aRole(stack));
    },
    message:
      'grants are IAM policies and this cluster has no IAM authentication; got a self-managed cluster: use Kafka ACLs [lanewise:grant-needs-iam] at Shop/Topic',
    nearest: (stack) => anExistingTopic(stack).grantProduce(aRole(stack)),
  },
  'self-managed-access': {
    breaks: (stack) =>
      new SelfManagedKafka(stack, 'Kafka', { bootstrapServers: ['broker.example.com:9092'] }),
    message:
      'a self-managed cluster is reached with credentials, or through a VPC; got neither: set authentication, or vpc with a security group [lanewise:self-managed-access] at Shop/Kafka',
    nearest: (stack) =>
      new SelfManagedKafka(stack, 'Kafka', {
        bootstrapServers: ['broker.example.com:9092'],
        authentication: SelfManagedAuthentication.scram512(aSecret(stack, 'Credentials')),
      }),
  },
} as const satisfies SomeRuleCases;
