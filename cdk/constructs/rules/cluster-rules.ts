/** The rules on clusters, their topics and how they are reached. */
import { error } from './rule.ts';

export const clusterRules = {
  'cluster-name': error(
    'a cluster name is 1 to 64 letters, digits and hyphens, beginning with a letter or a digit',
    'rename the cluster',
  ),
  'cluster-arn': error(
    'a cluster is named by an ARN like arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID',
    'pass the ARN of the cluster; that of a VPC connection is vpcConnectionArn',
  ),
  'brokers-per-zone': error('each zone has a whole number of brokers, at least 1', 'correct the number'),
  'express-storage': error('Express brokers manage their storage themselves', 'leave storage out'),
  'storage-throughput': error(
    'MSK provisions throughput from 250 MiB/s on volumes from 10 GiB, for brokers from kafka.m5.4xlarge or kafka.m7g.2xlarge',
    'leave throughput out, or take a larger instance type and volume',
  ),
  'brokers-subnets': error(
    'Express brokers span three zones, Standard brokers two or three, Serverless clusters two or more',
    'give a VPC with one subnet in each of three zones; a stack without a region sees two unless availabilityZones are given',
  ),
  'kafka-version': error(
    'Express runs Kafka 3.6, 3.8, 3.9 and 4.2; Standard 3.6 and later; Serverless chooses for itself',
    'use one of these',
  ),
  'instance-type': error(
    'Express has express.* instance types, Standard kafka.*, Serverless none',
    'use a type of the kind, e.g. express.m7g.large or kafka.m7g.large',
  ),
  'express-region': error(
    'Express brokers need a region with three zones for MSK',
    "use kind: 'standard' there",
  ),
  'serverless-authentication': error(
    'a Serverless cluster signs clients in by IAM only',
    'use KafkaAuthentication.iam()',
  ),
  'serverless-setting': error('a Serverless cluster has no such setting', 'leave it out or use another kind'),
  'scram-secret-name': error(
    'MSK takes only SCRAM secrets whose name begins with AmazonMSK_',
    'rename the secret',
  ),
  'mtls-authority': error(
    'mutual TLS needs at least one certificate authority',
    'name an AWS Private CA by its ARN',
  ),
};

export const topicRules = {
  'topic-partitions': error('a topic has a whole number of partitions, at least 1', 'correct the number'),
  'replication-factor': error(
    'the replication factor is at least 1, at most the number of brokers, and always 3 on Express and Serverless',
    'correct it or leave it out',
  ),
  'topic-resource-on-serverless': error(
    'AWS::MSK::Topic works on provisioned clusters only',
    "leave managedBy out, or set it to 'custom-resource'",
  ),
  'topic-needs-network': error(
    'topics here are made by a function beside the brokers, which needs the VPC and a security group',
    'pass vpc and securityGroup to fromClusterAttributes',
  ),
  'topic-needs-iam': error(
    'topics here are made by a function that signs in by IAM',
    'turn on IAM authentication',
  ),
  'topic-config': error(
    'a topic config is a name and a string, and is set by a prop of its own or in configs',
    'set it once',
  ),
  'topic-behind-connection': error(
    'the admin function reaches brokers in their own VPC, and these are behind a VPC connection to another account',
    'let the owner of the cluster create the topic, and use KafkaTopic.fromTopicName',
  ),
  'serverless-topic-config': error(
    'on Serverless a topic has cleanup.policy, compression.type, max.message.bytes up to 8 MiB, message.timestamp.difference.max.ms, message.timestamp.type, retention.bytes and retention.ms, and nothing else',
    'leave it out or use another kind of cluster',
  ),
  'grant-needs-iam': error(
    'grants are IAM policies and this cluster has no IAM authentication',
    'use Kafka ACLs',
  ),
};

export const selfManagedRules = {
  'bootstrap-servers': error(
    'a self-managed cluster is named by 1 to 10 brokers, each host:port of at most 300 characters',
    'correct the list',
  ),
  'self-managed-access': error(
    'a self-managed cluster is reached with credentials, or through a VPC',
    'set authentication, or vpc with a security group',
  ),
};
