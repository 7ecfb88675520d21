import { Fn, Resource, Token } from 'aws-cdk-lib';
import { Connections, type ISecurityGroup, type IVpc, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { brokerSubnets } from './broker-subnets.ts';
import { checkClusterArn } from './check-cluster.ts';
import { type ClusterAuthentication, KafkaAuthentication } from './cluster-authentication.ts';
import type { ClusterKind, ClusterNetwork, IKafkaCluster } from './kafka-source.ts';

export interface ExistingClusterAttributes {
  readonly clusterArn: string;
  /**
   * Ways to sign in that the cluster has, the preferred one first.
   *
   * @default - IAM
   */
  readonly authentication?: readonly [ClusterAuthentication, ...ClusterAuthentication[]];
  /**
   * The connection through which a mapping of this account reads a cluster of another one, see `KafkaVpcConnection`.
   *
   * @default - the cluster is of this account
   */
  readonly vpcConnectionArn?: string;
  /**
   * The brokers' VPC. Needed to create topics from here.
   *
   * @default - topics are not created from here
   */
  readonly vpc?: IVpc;
  /** @default - the isolated subnets of the VPC, or the private ones where it has none */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * A group that the brokers let in. Needed to create topics from here.
   *
   * @default - topics are not created from here
   */
  readonly securityGroup?: ISecurityGroup;
}

/** An MSK cluster that some other stack, account or person made. */
export class ExistingCluster extends Resource implements IKafkaCluster {
  readonly source = 'msk';
  readonly kind: ClusterKind = 'existing';
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly eventSourceArn: string;
  readonly authentication: readonly [ClusterAuthentication, ...ClusterAuthentication[]];
  readonly brokerCount: undefined;
  readonly network: ClusterNetwork | undefined;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, attributes: ExistingClusterAttributes) {
    super(scope, id);
    checkClusterArn(this, attributes.clusterArn);
    this.clusterArn = attributes.clusterArn;
    this.clusterName = clusterNameOf(attributes.clusterArn);
    this.eventSourceArn = attributes.vpcConnectionArn ?? attributes.clusterArn;
    this.authentication = attributes.authentication ?? [KafkaAuthentication.iam()];
    this.network = networkOf(attributes);
    const { securityGroup } = attributes;
    this.connections = new Connections({ securityGroups: securityGroup ? [securityGroup] : [] });
  }
}

function networkOf(attributes: ExistingClusterAttributes): ClusterNetwork | undefined {
  const { vpc, securityGroup } = attributes;
  if (!vpc || !securityGroup) return undefined;
  const vpcSubnets = attributes.vpcSubnets ?? brokerSubnets(vpc);
  return { vpc, vpcSubnets, securityGroup };
}

/** `arn:…:cluster/<name>/<uuid>`. */
function clusterNameOf(clusterArn: string): string {
  if (Token.isUnresolved(clusterArn)) return Fn.select(1, Fn.split('/', clusterArn));
  return clusterArn.split('/')[1] ?? clusterArn;
}
