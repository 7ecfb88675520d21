import { CfnOutput, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { KafkaConsumer } from './constructs/consumer/kafka-consumer.ts';
import { KafkaConsumerAlarms } from './constructs/monitoring/kafka-consumer-alarms.ts';
import { KafkaConsumerDashboard } from './constructs/monitoring/kafka-consumer-dashboard.ts';
import type { Settings } from './settings.ts';

export interface ShopMonitoringProps {
  readonly settings: Settings;
  readonly consumers: readonly KafkaConsumer[];
}

/** One dashboard for all consumers, alarms for each, and one SNS topic where they meet: about 6 USD a month. */
export class ShopMonitoring extends Construct {
  constructor(scope: Construct, id: string, { settings, consumers }: ShopMonitoringProps) {
    super(scope, id);
    const alarmTopic = this.addAlarmTopic();
    if (settings.alarmEmail) alarmTopic.addSubscription(new EmailSubscription(settings.alarmEmail));
    for (const consumer of consumers)
      new KafkaConsumerAlarms(this, consumer.node.id, {
        consumer,
        actions: [new SnsAction(alarmTopic)],
        metricsNamespace: settings.metricsNamespace,
        runbooks: settings.runbooks,
      });
    const dashboard = new KafkaConsumerDashboard(this, 'Dashboard', {
      consumers,
      metricsNamespace: settings.metricsNamespace,
    });
    new CfnOutput(this, 'DashboardUrl', { value: dashboard.url, description: 'The consumers at a glance' });
    new CfnOutput(this, 'AlarmTopicArn', { value: alarmTopic.topicArn, description: 'Where alarms go' });
  }

  /** With a policy of its own SNS no longer lets the account's alarms publish by default. */
  private addAlarmTopic(): Topic {
    const topic = new Topic(this, 'AlarmTopic', { enforceSSL: true });
    const { account } = Stack.of(this);
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    return topic;
  }
}
