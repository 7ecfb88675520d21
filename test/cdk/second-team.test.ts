/** A team of its own reads the same topic: from a stack of the same app, and from an app that knows an ARN and a name. */
import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  FailureDestination,
  type IKafkaTopic,
  KafkaCluster,
  KafkaConsumer,
  KafkaConsumerAlarms,
  KafkaTopic,
} from '../../cdk/index.ts';
import { addShop } from '../../cdk/shop-app.ts';
import { clusterArn, handlerFile } from './support/kafka-fixtures.ts';
import { anApp, resourceOf, warningsOf } from './support/synth-app.ts';

interface LoyaltyStackProps extends StackProps {
  readonly orders: IKafkaTopic;
}

/** All that the loyalty team writes. */
class LoyaltyStack extends Stack {
  constructor(scope: Construct, id: string, { orders, ...props }: LoyaltyStackProps) {
    super(scope, id, props);
    const failed = new Queue(this, 'Failed', { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    Validations.of(failed).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'people read it, nothing polls it',
    });
    const consumer = new KafkaConsumer(this, 'LoyaltyPoints', {
      topic: orders,
      entry: handlerFile,
      maxRecordAge: Duration.hours(1),
      onFailure: FailureDestination.queue(failed),
      ownParkingQueue: true,
    });
    new KafkaConsumerAlarms(this, 'Alarms', { consumer });
    new CfnOutput(this, 'Group', { value: consumer.group });
  }
}

describe('a second team in the same app', () => {
  test('reads the topic in a group of its own, from a stack of its own', () => {
    const app = anApp();
    const { platform } = addShop(app);
    const loyalty = new LoyaltyStack(app, 'loyalty', { orders: platform.orderEvents });
    const { Properties } = resourceOf(loyalty, 'AWS::Lambda::EventSourceMapping');
    expect(Properties.Topics).toEqual(['order-events']);
    expect(Properties.AmazonManagedKafkaEventSourceConfig.ConsumerGroupId).toBe('loyalty-points');
    expect(Properties.EventSourceArn).toEqual({
      'Fn::ImportValue': expect.stringMatching(/^lanewise-platform:/),
    });
    expect(loyalty.dependencies.map(({ stackName }) => stackName)).toEqual(['lanewise-platform']);
  });

  test('cannot take the group of another one by mistake', () => {
    const app = anApp();
    const { platform } = addShop(app);
    const stack = new Stack(app, 'loyalty');
    expect(
      () => new KafkaConsumer(stack, 'Billing', { topic: platform.orderEvents, entry: handlerFile }),
    ).toThrow("got 'billing', which is the group of lanewise-consumers/Billing: name another group");
  });
});

describe('a second team in an app of its own', () => {
  test('needs the ARN of the cluster and the name of the topic', () => {
    const app = anApp();
    const orders = KafkaTopic.fromTopicName(new Stack(app, 'shared'), 'Orders', {
      cluster: KafkaCluster.fromClusterArn(app, 'Cluster', clusterArn),
      topicName: 'order-events',
      partitions: 3,
    });
    const loyalty = new LoyaltyStack(app, 'loyalty', { orders });
    expect(resourceOf(loyalty, 'AWS::Lambda::EventSourceMapping').Properties.EventSourceArn).toBe(clusterArn);
    expect(warningsOf(loyalty)).toEqual([]);
    expect(Object.keys(Template.fromStack(loyalty).toJSON().Outputs)).toEqual(['Group']);
  });
});
