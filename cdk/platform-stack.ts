import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { addBrokerNetwork, existingNetwork } from './broker-network.ts';
import { KafkaCluster } from './constructs/cluster/kafka-cluster.ts';
import type { IKafkaCluster } from './constructs/cluster/kafka-source.ts';
import { KafkaBrokerAlarms } from './constructs/monitoring/kafka-broker-alarms.ts';
import { type IKafkaTopic, KafkaTopic } from './constructs/topic/kafka-topic.ts';
import type { Settings } from './settings.ts';

export interface PlatformStackProps extends StackProps {
  readonly settings: Settings;
}

/** Network, cluster and topics: what holds records and changes seldom. */
export class PlatformStack extends Stack {
  readonly cluster: IKafkaCluster;
  readonly orderEvents: IKafkaTopic;
  readonly orderEventsDeadLetter: IKafkaTopic;
  /** What every alarm does. */
  readonly alarmAction: IAlarmAction;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { settings } = props;
    const removalPolicy = settings.protectData
      ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
      : RemovalPolicy.DESTROY;
    this.cluster = this.addCluster(settings, removalPolicy);
    const orderEvents = new KafkaTopic(this, 'OrderEvents', {
      cluster: this.cluster,
      topicName: 'order-events',
      partitions: 3,
      retention: Duration.days(7),
      removalPolicy,
    });
    this.orderEvents = orderEvents;
    this.orderEventsDeadLetter = orderEvents.addDeadLetterTopic('OrderEventsDeadLetter', {
      retention: Duration.days(14),
    });
    this.alarmAction = new AlarmTopic(this, 'Alarms', settings.alarmEmail).action;
    new KafkaBrokerAlarms(this, 'BrokerAlarms', {
      cluster: this.cluster,
      runbooks: settings.runbooks,
      actions: [this.alarmAction],
    });
    new CfnOutput(this, 'ClusterArn', {
      value: this.cluster.clusterArn,
      description: 'The cluster, whose bootstrap servers aws kafka get-bootstrap-brokers tells',
    });
  }

  private addCluster({ cluster, network }: Settings, removalPolicy: RemovalPolicy): IKafkaCluster {
    switch (cluster.kind) {
      case 'existing':
        return KafkaCluster.fromClusterAttributes(this, 'Cluster', {
          clusterArn: cluster.arn,
          ...(network && existingNetwork(this, network)),
        });
      case 'serverless':
        return new KafkaCluster(this, 'Cluster', {
          kind: cluster.kind,
          clusterName: cluster.name,
          vpc: addBrokerNetwork(this),
          removalPolicy,
        });
      case 'express':
      case 'standard': {
        const { name, ...sizes } = cluster;
        return new KafkaCluster(this, 'Cluster', {
          ...sizes,
          clusterName: name,
          vpc: addBrokerNetwork(this),
          removalPolicy,
        });
      }
    }
  }
}
