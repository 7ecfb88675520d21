import { join } from 'node:path';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { FailureDestination } from './constructs/consumer/failure-destination.ts';
import { KafkaConsumer } from './constructs/consumer/kafka-consumer.ts';
import type { IKafkaTopic } from './constructs/topic/kafka-topic.ts';
import type { Settings } from './settings.ts';
import { ShopMonitoring } from './shop-monitoring.ts';
import { ShopStorage } from './shop-storage.ts';

export interface ConsumersStackProps extends StackProps {
  readonly settings: Settings;
  readonly orderEvents: IKafkaTopic;
  readonly orderEventsDeadLetter: IKafkaTopic;
  readonly alarmAction: IAlarmAction;
}

/** The shop's three consumers of `order-events`, each in its own group, and what they write to. */
export class ConsumersStack extends Stack {
  readonly billing: KafkaConsumer;
  readonly inventory: KafkaConsumer;
  readonly notification: KafkaConsumer;
  private readonly storage: ShopStorage;

  constructor(scope: Construct, id: string, props: ConsumersStackProps) {
    super(scope, id, props);
    this.storage = new ShopStorage(this, 'Storage', props.settings);
    this.billing = this.addBilling(props);
    this.inventory = this.addInventory(props);
    this.notification = this.addNotification(props);
    new ShopMonitoring(this, 'Monitoring', {
      settings: props.settings,
      consumers: [this.billing, this.inventory, this.notification],
      alarmAction: props.alarmAction,
    });
  }

  private addBilling(props: ConsumersStackProps): KafkaConsumer {
    const { invoices } = this.storage;
    const consumer = this.addConsumer('Billing', props, { INVOICES_TABLE: invoices.tableName });
    invoices.grant(consumer, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem');
    return consumer;
  }

  private addInventory(props: ConsumersStackProps): KafkaConsumer {
    const { stock, reservations } = this.storage;
    const consumer = this.addConsumer('Inventory', props, {
      STOCK_TABLE: stock.tableName,
      RESERVATIONS_TABLE: reservations.tableName,
    });
    const actions = [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:ConditionCheckItem',
    ];
    stock.grant(consumer, ...actions);
    reservations.grant(consumer, ...actions);
    return consumer;
  }

  private addNotification(props: ConsumersStackProps): KafkaConsumer {
    const consumer = this.addConsumer('Notification', props, { MAIL_FROM: props.settings.mailFrom });
    this.storage.sender.grant(consumer, 'ses:SendEmail');
    return consumer;
  }

  private addConsumer(
    id: string,
    props: ConsumersStackProps,
    environment: Record<string, string>,
  ): KafkaConsumer {
    const name = id.toLowerCase();
    const consumer = new KafkaConsumer(this, id, {
      topic: props.orderEvents,
      group: name,
      onFailure: FailureDestination.kafkaTopic(props.orderEventsDeadLetter),
      parkingQueue: this.storage.parkedRecords,
      checkpointTable: this.storage.checkpoints,
      entry: join(import.meta.dirname, '..', 'handlers', name, 'index.ts'),
      maxRecordAge: Duration.hours(6),
      timeout: Duration.seconds(30),
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: props.settings.metricsNamespace,
      },
    });
    new CfnOutput(this, `${id}Group`, { value: consumer.group, description: `Consumer group of ${name}` });
    return consumer;
  }
}
