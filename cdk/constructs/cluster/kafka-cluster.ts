import { RemovalPolicy, Resource } from 'aws-cdk-lib';
import {
  Connections,
  type ISubnet,
  type IVpc,
  Port,
  SecurityGroup,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { brokerPort, type ClusterAuthentication, KafkaAuthentication } from './cluster-authentication.ts';
import type { ClusterKind, IKafkaCluster } from './kafka-source.ts';

export interface KafkaClusterProps {
  /** The cluster's name in MSK: 1 to 64 letters, digits and hyphens. */
  readonly clusterName: string;
  readonly vpc: IVpc;
  /**
   * Where the brokers live, a subnet for each zone.
   *
   * @default - the isolated subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
  /** @default '3.9.x' */
  readonly kafkaVersion?: string;
  /** @default 'express.m7g.large' */
  readonly instanceType?: string;
  /**
   * What happens to the cluster, and so to its records, when it leaves the template.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * An Amazon MSK cluster that event source mappings can poll.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
 */
export class KafkaCluster extends Resource implements IKafkaCluster {
  readonly source = 'msk';
  readonly kind: ClusterKind = 'express';
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly eventSourceArn: string;
  readonly authentication: readonly [ClusterAuthentication, ...ClusterAuthentication[]];
  readonly brokerCount: number;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    this.authentication = [KafkaAuthentication.iam()];
    this.clusterName = props.clusterName;
    const subnets = props.vpc.selectSubnets(props.vpcSubnets ?? { subnetGroupName: 'brokers' }).subnets;
    this.brokerCount = subnets.length;
    const securityGroup = this.addSecurityGroup(props.vpc);
    this.connections = new Connections({ securityGroups: [securityGroup] });
    this.clusterArn = this.addCluster(props, subnets, securityGroup).ref;
    this.eventSourceArn = this.clusterArn;
  }

  /** The pollers run in this group themselves, so it has to let itself in. */
  private addSecurityGroup(vpc: IVpc): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Brokers and event pollers',
      allowAllOutbound: true,
    });
    for (const { kind } of this.authentication)
      group.addIngressRule(group, Port.tcp(brokerPort[kind]), `event pollers, ${kind}`);
    return group;
  }

  private addCluster(
    props: KafkaClusterProps,
    subnets: readonly ISubnet[],
    group: SecurityGroup,
  ): CfnCluster {
    const logGroup = new LogGroup(this, 'BrokerLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const cluster = new CfnCluster(this, 'Resource', {
      clusterName: props.clusterName,
      kafkaVersion: props.kafkaVersion ?? '3.9.x',
      numberOfBrokerNodes: this.brokerCount,
      brokerNodeGroupInfo: {
        instanceType: props.instanceType ?? 'express.m7g.large',
        clientSubnets: subnets.map((subnet) => subnet.subnetId),
        securityGroups: [group.securityGroupId],
      },
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupName } } },
    });
    cluster.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    return cluster;
  }
}
