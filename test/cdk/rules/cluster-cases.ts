import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  KafkaAuthentication,
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
  mtls,
  scram,
} from '../support/kafka-fixtures.ts';
import { aRole } from '../support/roles.ts';
import type { SomeRuleCases } from './rule-case.ts';

const standard = { kind: 'standard' } as const;
const serverless = { kind: 'serverless' } as const;

export const clusterCases = {
  'express-storage': {
    breaks: (stack) => aCluster(stack, { storage: { volumeSize: 100 } }),
    message:
      'Express brokers manage their storage themselves; got storage of 100 GiB: leave storage out [lanewise:express-storage] at Shop/Cluster',
    nearest: (stack) => aCluster(stack, { ...standard, storage: { volumeSize: 100 } }),
  },
  'brokers-subnets': {
    breaks: (stack) => aCluster(stack, { vpc: aVpc(stack, 2) }),
    message:
      'Express brokers span three zones, Standard brokers two or three, a Serverless cluster at least two; got 2 subnets for express: give a VPC with a subnet in each of three zones; a stack without a region sees two unless availabilityZones are given [lanewise:brokers-subnets] at Shop/Cluster',
    nearest: (stack) => aCluster(stack, { ...standard, vpc: aVpc(stack, 2) }),
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
