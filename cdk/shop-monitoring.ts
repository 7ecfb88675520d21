import { CfnOutput } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { KafkaConsumer } from './constructs/consumer/kafka-consumer.ts';
import { KafkaConsumerAlarms } from './constructs/monitoring/kafka-consumer-alarms.ts';
import { KafkaConsumerDashboard } from './constructs/monitoring/kafka-consumer-dashboard.ts';
import type { Settings } from './settings.ts';

export interface ShopMonitoringProps {
  readonly settings: Settings;
  readonly consumers: readonly KafkaConsumer[];
  readonly alarmAction: IAlarmAction;
}

/** One dashboard for all consumers and alarms for each: about 9 USD a month. */
export class ShopMonitoring extends Construct {
  constructor(scope: Construct, id: string, { settings, consumers, alarmAction }: ShopMonitoringProps) {
    super(scope, id);
    for (const consumer of consumers)
      new KafkaConsumerAlarms(this, consumer.node.id, {
        consumer,
        actions: [alarmAction],
        metricsNamespace: settings.metricsNamespace,
        runbooks: settings.runbooks,
      });
    const dashboard = new KafkaConsumerDashboard(this, 'Dashboard', {
      consumers,
      metricsNamespace: settings.metricsNamespace,
    });
    new CfnOutput(this, 'DashboardUrl', { value: dashboard.url, description: 'The consumers at a glance' });
  }
}
