/** What the role of a mapping has to be allowed to poll, and nothing else. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
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
      return [allow(cluster.clusterArn, 'kafka:ListScramSecrets'), ...readSecret(way.secret, way.key)];
    case 'mtls':
      return readSecret(way.clientCertificate, way.key);
  }
}

/** The key is known when it is given, or when the secret was made with it. */
function readSecret(secret: ISecret, key: IKey | undefined = secret.encryptionKey): PolicyStatement[] {
  return [
    allow(secret.secretArn, 'secretsmanager:GetSecretValue'),
    ...(key ? [allow(key.keyArn, 'kms:Decrypt')] : []),
  ];
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
  return cluster.secrets.flatMap((secret) => readSecret(secret, secret.encryptionKey));
}

function allow(resource: string, ...actions: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources: [resource] });
}
