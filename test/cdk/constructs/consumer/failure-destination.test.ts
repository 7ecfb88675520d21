import type { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { FailureDestination, KafkaTopic } from '../../../../cdk/index.ts';
import { aCluster, aConsumer, aTopic, clusterArn, mtls } from '../../support/kafka-fixtures.ts';
import { statementsOf } from '../../support/statements.ts';
import { aStack, resourceOf } from '../../support/synth-app.ts';

function destinationOf(stack: Stack): unknown {
  return resourceOf(stack, 'AWS::Lambda::EventSourceMapping').Properties.DestinationConfig.OnFailure
    .Destination;
}

/** The rights of the policy for the destination, and only of that one. */
function destinationRights(stack: Stack): readonly string[] {
  return statementsOf(stack)
    .filter(({ policy }) => policy.startsWith('BillingDestination'))
    .map(({ actions, resources }) => `${actions.join()} on ${resources.join()}`);
}

describe('what a mapping gives up on goes', () => {
  test('to a Kafka topic, with the right to write to it', () => {
    const stack = aStack();
    const topic = KafkaTopic.fromTopicName(stack, 'Dead', {
      cluster: aConsumer(stack, {}, 'First').topic.cluster,
      topicName: 'dead-letters',
    });
    aConsumer(stack, { onFailure: FailureDestination.kafkaTopic(topic) });
    expect(destinationRights(stack)).toEqual([
      `kafka-cluster:DescribeTopic,kafka-cluster:WriteData on ${clusterArn.replace(':cluster/', ':topic/')}/dead-letters`,
    ]);
  });

  test('to a topic of a cluster without IAM, whose ACLs are the cluster own affair', () => {
    const stack = aStack();
    const topic = aTopic(stack, { cluster: aCluster(stack, { authentication: [mtls(stack)] }) });
    aConsumer(stack, { topic, onFailure: FailureDestination.kafkaTopic(topic.addDeadLetterTopic('Dead')) });
    expect(destinationOf(stack)).toBe('kafka://order-events-dead-letter');
    expect(destinationRights(stack)).toEqual([]);
  });

  test('to a queue, with its key', () => {
    const stack = aStack();
    const encryptionMasterKey = new Key(stack, 'Key');
    const queue = new Queue(stack, 'Failed', { encryption: QueueEncryption.KMS, encryptionMasterKey });
    aConsumer(stack, { onFailure: FailureDestination.queue(queue) });
    expect(destinationRights(stack)).toEqual([
      expect.stringMatching(/^sqs:SendMessage on <Failed\w+\.Arn>$/),
      expect.stringMatching(/^kms:Decrypt,kms:GenerateDataKey on <Key\w+\.Arn>$/),
    ]);
  });

  test('to an SNS topic, with its key', () => {
    const stack = aStack();
    const masterKey = new Key(stack, 'Key');
    const topic = new Topic(stack, 'Failed', { masterKey });
    aConsumer(stack, { onFailure: FailureDestination.topic(topic) });
    expect(destinationOf(stack)).toEqual({ Ref: expect.stringContaining('Failed') });
    expect(destinationRights(stack)).toEqual([
      expect.stringMatching(/^sns:Publish on <Failed\w+>$/),
      expect.stringMatching(/^kms:Decrypt,kms:GenerateDataKey on <Key\w+\.Arn>$/),
    ]);
  });

  test('to a bucket, with its key', () => {
    const stack = aStack();
    const bucket = new Bucket(stack, 'Failed', { encryptionKey: new Key(stack, 'Key') });
    aConsumer(stack, { onFailure: FailureDestination.bucket(bucket) });
    expect(destinationRights(stack)).toContainEqual(
      expect.stringMatching(/^kms:Decrypt,kms:GenerateDataKey on <Key\w+\.Arn>$/),
    );
  });

  test('to a bucket, with the right to write below the prefix of Lambda and to list, not to read', () => {
    const stack = aStack();
    const bucket = new Bucket(stack, 'Failed', { encryption: BucketEncryption.S3_MANAGED });
    aConsumer(stack, { onFailure: FailureDestination.bucket(bucket) });
    expect(destinationOf(stack)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Failed'), 'Arn'] });
    expect(destinationRights(stack)).toEqual([
      expect.stringMatching(/^s3:ListBucket on <Failed\w+\.Arn>$/),
      expect.stringMatching(/^s3:PutObject on <Failed\w+\.Arn>\/aws\/lambda\/\*$/),
    ]);
  });
});
