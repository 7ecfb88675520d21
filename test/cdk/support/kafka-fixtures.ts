/** A VPC, a cluster, a topic and a consumer, each with what a test is not about filled in. */
import { Fn, Validations } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ExistingCluster } from '../../../cdk/constructs/cluster/existing-cluster.ts';
import { ExistingTopic } from '../../../cdk/constructs/topic/existing-topic.ts';
import {
  FailureDestination,
  type IKafkaCluster,
  type IKafkaTopic,
  KafkaAuthentication,
  KafkaCluster,
  type KafkaClusterProps,
  KafkaConsumer,
  type KafkaConsumerProps,
  KafkaTopic,
  type KafkaTopicProps,
  SelfManagedAuthentication,
  SelfManagedKafka,
} from '../../../cdk/index.ts';

export const handlerFile = new URL('./handler.ts', import.meta.url).pathname;

export const clusterArn =
  'arn:aws:kafka:eu-central-1:111122223333:cluster/shop/0f1e2d3c-aaaa-bbbb-cccc-111122223333-4';

export function aVpc(scope: Construct, zones = 3): Vpc {
  const vpc = new Vpc(scope, `Network${zones}`, {
    availabilityZones: Array.from({ length: zones }, (_, index) => Fn.select(index, Fn.getAzs())),
    natGateways: 0,
    subnetConfiguration: [{ name: 'brokers', subnetType: SubnetType.PRIVATE_ISOLATED }],
    restrictDefaultSecurityGroup: false,
  });
  vpc.addFlowLog('FlowLog');
  return vpc;
}

export function aCluster(scope: Construct, props: Partial<KafkaClusterProps> = {}): KafkaCluster {
  return new KafkaCluster(scope, 'Cluster', { clusterName: 'shop', vpc: props.vpc ?? aVpc(scope), ...props });
}

export function anExistingCluster(scope: Construct): IKafkaCluster {
  const found = scope.node.tryFindChild('ExistingCluster');
  if (found instanceof ExistingCluster) return found;
  return KafkaCluster.fromClusterArn(scope, 'ExistingCluster', clusterArn);
}

export function aSelfManagedCluster(scope: Construct): SelfManagedKafka {
  return new SelfManagedKafka(scope, 'SelfManaged', {
    bootstrapServers: ['broker-1.example.com:9092'],
    authentication: SelfManagedAuthentication.plain(aSecret(scope, 'Credentials')),
  });
}

export function aTopic(scope: Construct, props: Partial<KafkaTopicProps> = {}): KafkaTopic {
  const { cluster = aCluster(scope), topicName = 'order-events', ...rest } = props;
  return new KafkaTopic(scope, `Topic-${topicName}`, { cluster, topicName, partitions: 3, ...rest });
}

/** A topic that exists, on a cluster that exists: the quickest thing to hang a consumer on. */
export function anExistingTopic(scope: Construct, topicName = 'order-events', partitions = 3): IKafkaTopic {
  const id = `Existing-${topicName}`;
  const found = scope.node.tryFindChild(id);
  if (found instanceof ExistingTopic) return found;
  return KafkaTopic.fromTopicName(scope, id, { cluster: anExistingCluster(scope), topicName, partitions });
}

/** A consumer of an existing topic, with a queue for what it gives up on. */
export function aConsumer(
  scope: Construct,
  props: Partial<KafkaConsumerProps> = {},
  id = 'Billing',
): KafkaConsumer {
  return new KafkaConsumer(scope, id, {
    topic: props.topic ?? anExistingTopic(scope),
    ...(props.function || props.entry ? {} : { entry: handlerFile }),
    ...('onFailure' in props ? {} : { onFailure: FailureDestination.queue(new Queue(scope, `${id}Failed`)) }),
    ...props,
  });
}

export function aSecret(scope: Construct, name: string): Secret {
  const secret = new Secret(scope, name, {
    secretName: `AmazonMSK_${name}`,
    encryptionKey: aKey(scope, `${name}Key`),
  });
  Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: 'of a test' });
  return secret;
}

export function aKey(scope: Construct, id: string): Key {
  return new Key(scope, id, { enableKeyRotation: true });
}

export function scram(scope: Construct) {
  const secret = aSecret(scope, 'Scram');
  return KafkaAuthentication.scram({ secret, key: aKey(scope, 'SecretKey') });
}

export function mtls(scope: Construct, authorities = [authorityArn]) {
  return KafkaAuthentication.mtls({
    certificateAuthorityArns: authorities,
    clientCertificate: aSecret(scope, 'Certificate'),
  });
}

export const authorityArn =
  'arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0f1e2d3c-aaaa-bbbb-cccc-111122223333';
