import { CfnOutput, Fn, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { FlowLogDestination, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { KafkaCluster } from './constructs/cluster/kafka-cluster.ts';
import { KafkaTopic } from './constructs/topic/kafka-topic.ts';
import type { Settings } from './settings.ts';

export interface PlatformStackProps extends StackProps {
  readonly settings: Settings;
}

/** Network, cluster and topics: what holds records and changes seldom. */
export class PlatformStack extends Stack {
  readonly cluster: KafkaCluster;
  readonly orderEvents: KafkaTopic;
  readonly orderEventsDeadLetter: KafkaTopic;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const removalPolicy = props.settings.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.cluster = new KafkaCluster(this, 'Cluster', {
      clusterName: props.settings.clusterName,
      vpc: this.addVpc(),
      removalPolicy,
    });
    this.orderEvents = new KafkaTopic(this, 'OrderEvents', {
      cluster: this.cluster,
      topicName: 'order-events',
      partitions: 3,
      removalPolicy,
    });
    this.orderEventsDeadLetter = this.orderEvents.addDeadLetterTopic('OrderEventsDeadLetter');
    new CfnOutput(this, 'ClusterArn', { value: this.cluster.clusterArn, description: 'The MSK cluster' });
  }

  /**
   * Three zones by index, because a stack that knows no region sees only two. No NAT: brokers and the pollers of
   * provisioned mode need no way out, and a NAT gateway in each zone costs about 100 USD a month.
   */
  private addVpc(): Vpc {
    const vpc = new Vpc(this, 'Network', {
      availabilityZones: [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs())),
      natGateways: 0,
      subnetConfiguration: [{ name: 'brokers', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
      // Nothing uses the default group; emptying it would take a function of its own in the stack.
      restrictDefaultSecurityGroup: false,
    });
    const logGroup = new LogGroup(this, 'FlowLogs', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(logGroup) });
    return vpc;
  }
}
