import { CfnOutput } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
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
    const alarmTopic = new Topic(this, 'AlarmTopic', { enforceSSL: true });
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
}
