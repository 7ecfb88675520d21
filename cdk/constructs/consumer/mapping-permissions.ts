/** What the role of a mapping has to be allowed to poll, and nothing else. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { groupArn, topicArn } from '../cluster/cluster-arns.ts';
import type { ClusterAuthentication } from '../cluster/cluster-authentication.ts';
import type { IKafkaCluster } from '../cluster/kafka-source.ts';
import type { SelfManagedKafka } from '../cluster/self-managed-kafka.ts';
import type { IKafkaTopic } from '../topic/kafka-topic.ts';

/**
 * Finding the brokers, signing in, and reading one topic as one group.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export function pollStatements(topic: IKafkaTopic, group: string): PolicyStatement[] {
  const { cluster } = topic;
  if (cluster.source === 'self-managed') return selfManagedStatements(cluster);
  const [way] = cluster.authentication;
  return [
    ...findStatements(cluster),
    ...signInStatements(cluster, way),
    ...readStatements(cluster, topic, group),
  ];
}

/** Whether pollers need network interfaces of the function's role. */
export function needsNetworkInterfaces({ cluster }: IKafkaTopic): boolean {
  return cluster.source === 'msk' || cluster.inVpc;
}

function findStatements(cluster: IKafkaCluster): PolicyStatement[] {
  const connection = cluster.eventSourceArn;
  return [
    allow(cluster.clusterArn, 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'),
    ...(connection === cluster.clusterArn ? [] : [allow(connection, 'kafka:DescribeVpcConnection')]),
  ];
}

function signInStatements(cluster: IKafkaCluster, way: ClusterAuthentication): PolicyStatement[] {
  switch (way.kind) {
    case 'iam':
      return [allow(cluster.clusterArn, ...connectActions(cluster))];
    case 'scram':
      return [
        allow(cluster.clusterArn, 'kafka:ListScramSecrets'),
        allow(way.secret.secretArn, 'secretsmanager:GetSecretValue'),
        allow(way.key.keyArn, 'kms:Decrypt'),
      ];
    case 'mtls':
      return [
        allow(way.clientCertificate.secretArn, 'secretsmanager:GetSecretValue'),
        ...(way.key ? [allow(way.key.keyArn, 'kms:Decrypt')] : []),
      ];
  }
}

/** Serverless has no dynamic configuration to describe. */
function connectActions({ kind }: IKafkaCluster): string[] {
  const connect = 'kafka-cluster:Connect';
  return kind === 'serverless' ? [connect] : [connect, 'kafka-cluster:DescribeClusterDynamicConfiguration'];
}

/** Without IAM these rights are Kafka ACLs on the cluster, which CloudFormation does not know. */
function readStatements(cluster: IKafkaCluster, topic: IKafkaTopic, group: string): PolicyStatement[] {
  if (cluster.authentication[0].kind !== 'iam') return [];
  return [
    allow(
      topicArn(cluster.clusterArn, topic.topicName),
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:ReadData',
    ),
    allow(groupArn(cluster.clusterArn, group), 'kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'),
  ];
}

function selfManagedStatements(cluster: SelfManagedKafka): PolicyStatement[] {
  return cluster.secrets.flatMap((secret) => [
    allow(secret.secretArn, 'secretsmanager:GetSecretValue'),
    ...(secret.encryptionKey ? [allow(secret.encryptionKey.keyArn, 'kms:Decrypt')] : []),
  ]);
}

function allow(resource: string, ...actions: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources: [resource] });
}
