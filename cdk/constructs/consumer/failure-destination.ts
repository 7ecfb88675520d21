/** Where a mapping sends what it gives up on. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { topicArn } from '../cluster/cluster-arns.ts';
import type { IKafkaTopic } from '../topic/kafka-topic.ts';

/**
 * Each kind gets its own shape of a discarded batch: queues and SNS topics get metadata only, buckets and Kafka topics the records too.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export type FailureDestination =
  | { readonly kind: 'kafka'; readonly topic: IKafkaTopic }
  | { readonly kind: 'queue'; readonly queue: IQueue }
  | { readonly kind: 'sns'; readonly topic: ITopic; readonly key?: IKey }
  | { readonly kind: 'bucket'; readonly bucket: IBucket };

/** Makes the destinations of a mapping. */
export const FailureDestination = {
  /** A topic of the cluster that is read. */
  kafkaTopic: (topic: IKafkaTopic): FailureDestination => ({ kind: 'kafka', topic }),
  /** A standard queue. */
  queue: (queue: IQueue): FailureDestination => ({ kind: 'queue', queue }),
  /** A standard SNS topic; `key` is the one that encrypts it, where the topic itself does not tell. */
  topic: (topic: ITopic, key = topic.masterKey): FailureDestination => ({
    kind: 'sns',
    topic,
    ...(key && { key }),
  }),
  bucket: (bucket: IBucket): FailureDestination => ({ kind: 'bucket', bucket }),
} as const;

/** What `DestinationConfig.OnFailure.Destination` says. */
export function destinationName(destination: FailureDestination): string {
  switch (destination.kind) {
    case 'kafka':
      return `kafka://${destination.topic.topicName}`;
    case 'queue':
      return destination.queue.queueArn;
    case 'sns':
      return destination.topic.topicArn;
    case 'bucket':
      return destination.bucket.bucketArn;
  }
}

/** The rights that delivering takes, and no other. */
export function destinationStatements(destination: FailureDestination): readonly PolicyStatement[] {
  switch (destination.kind) {
    case 'kafka':
      return kafkaStatements(destination.topic);
    case 'queue':
      return [
        allow(destination.queue.queueArn, 'sqs:SendMessage'),
        ...encrypt(destination.queue.encryptionMasterKey),
      ];
    case 'sns':
      return [allow(destination.topic.topicArn, 'sns:Publish'), ...encrypt(destination.key)];
    case 'bucket':
      return bucketStatements(destination.bucket);
  }
}

function kafkaStatements({ cluster, topicName }: IKafkaTopic): readonly PolicyStatement[] {
  if (cluster.source === 'self-managed' || cluster.authentication.every(({ kind }) => kind !== 'iam'))
    return [];
  return [
    allow(topicArn(cluster.clusterArn, topicName), 'kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'),
  ];
}

/** Lambda writes below `aws/lambda/` only. */
function bucketStatements(bucket: IBucket): readonly PolicyStatement[] {
  return [
    allow(bucket.bucketArn, 's3:ListBucket'),
    allow(bucket.arnForObjects('aws/lambda/*'), 's3:PutObject'),
    ...encrypt(bucket.encryptionKey),
  ];
}

function encrypt(key: IKey | undefined): readonly PolicyStatement[] {
  return key ? [allow(key.keyArn, 'kms:Decrypt', 'kms:GenerateDataKey')] : [];
}

function allow(resource: string, ...actions: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources: [resource] });
}
