import { type CfnResource, RemovalPolicy, Resource } from 'aws-cdk-lib';
import { Connections, type ISubnet, type IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnBatchScramSecret, CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { brokerSubnets } from './broker-subnets.ts';
import { checkCluster } from './check-cluster.ts';
import { brokerPort, type ClusterAuthentication, KafkaAuthentication } from './cluster-authentication.ts';
import type { BrokerLogs, KafkaClusterProps } from './cluster-props.ts';
import { ExistingCluster, type ExistingClusterAttributes } from './existing-cluster.ts';
import type { ClusterKind, ClusterNetwork, IKafkaCluster } from './kafka-source.ts';
import { addProvisionedCluster, brokerCountOf } from './provisioned-cluster.ts';

/**
 * An Amazon MSK cluster that event source mappings can poll: Express, Standard or Serverless.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
 */
export class KafkaCluster extends Resource implements IKafkaCluster {
  /** A cluster that exists, by its ARN. Clients sign in by IAM; see `fromClusterAttributes` for more. */
  static fromClusterArn(scope: Construct, id: string, clusterArn: string): IKafkaCluster {
    return new ExistingCluster(scope, id, { clusterArn });
  }

  /** A cluster that exists, also one of another account through a VPC connection. */
  static fromClusterAttributes(
    scope: Construct,
    id: string,
    attributes: ExistingClusterAttributes,
  ): IKafkaCluster {
    return new ExistingCluster(scope, id, attributes);
  }

  readonly source = 'msk';
  readonly kind: ClusterKind;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly eventSourceArn: string;
  readonly authentication: readonly [ClusterAuthentication, ...ClusterAuthentication[]];
  readonly brokerCount: number | undefined;
  readonly network: ClusterNetwork;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    const vpcSubnets = props.vpcSubnets ?? brokerSubnets(props.vpc);
    const { subnets } = props.vpc.selectSubnets(vpcSubnets);
    checkCluster(this, props, subnets.length);
    this.kind = props.kind ?? 'express';
    this.authentication = props.authentication ?? [KafkaAuthentication.iam()];
    this.clusterName = props.clusterName;
    this.brokerCount = this.kind === 'serverless' ? undefined : brokerCountOf(props, subnets.length);
    const securityGroup = this.addSecurityGroup(props.vpc);
    this.network = { vpc: props.vpc, vpcSubnets, securityGroup };
    this.connections = new Connections({ securityGroups: [securityGroup] });
    this.clusterArn = this.addCluster(props, subnets).ref;
    this.eventSourceArn = this.clusterArn;
    this.addScramSecrets();
  }

  /** The pollers run in this group themselves, so it has to let itself in. */
  private addSecurityGroup(vpc: IVpc): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Brokers, event pollers and the topic admin',
      allowAllOutbound: true,
    });
    for (const { kind } of this.authentication)
      group.addIngressRule(group, Port.tcp(brokerPort[kind]), `clients that sign in by ${kind}`);
    return group;
  }

  private addCluster(props: KafkaClusterProps, subnets: readonly ISubnet[]): CfnResource {
    const cluster =
      this.kind === 'serverless'
        ? this.addServerless(props, subnets)
        : addProvisionedCluster(this, props, {
            subnets,
            securityGroupId: this.network.securityGroup.securityGroupId,
            authentication: this.authentication,
            brokerLogs: props.brokerLogs ?? this.ownBrokerLogs(),
          });
    cluster.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return cluster;
  }

  private addServerless(props: KafkaClusterProps, subnets: readonly ISubnet[]): CfnServerlessCluster {
    const cluster = new CfnServerlessCluster(this, 'Resource', {
      clusterName: props.clusterName,
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: [
        {
          subnetIds: subnets.map((subnet) => subnet.subnetId),
          securityGroups: [this.network.securityGroup.securityGroupId],
        },
      ],
    });
    // Tags are create-only here: a tag that somebody adds to the stack would replace the cluster and lose its records.
    cluster.addPropertyDeletionOverride('Tags');
    return cluster;
  }

  private ownBrokerLogs(): BrokerLogs {
    const logGroup = new LogGroup(this, 'BrokerLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return { logGroup };
  }

  private addScramSecrets(): void {
    const secretArnList = this.authentication.flatMap((way) =>
      way.kind === 'scram' ? [way.secret.secretArn] : [],
    );
    if (secretArnList.length === 0) return;
    new CfnBatchScramSecret(this, 'ScramSecrets', { clusterArn: this.clusterArn, secretArnList });
  }
}
