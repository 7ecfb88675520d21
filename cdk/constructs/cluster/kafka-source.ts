/** What a topic, a consumer and an alarm need to know of a Kafka cluster, whatever its kind. */
import type { IConnectable, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { ClusterAuthentication } from './cluster-authentication.ts';
import type { SelfManagedKafka } from './self-managed-kafka.ts';

/** The kinds of MSK cluster that can be provisioned, and one that exists already. */
export type ClusterKind = 'express' | 'standard' | 'serverless' | 'existing';

/** An Amazon MSK cluster, of this app or of another. */
export interface IKafkaCluster extends IConstruct, IConnectable {
  readonly source: 'msk';
  readonly kind: ClusterKind;
  readonly clusterArn: string;
  /** The `Cluster Name` dimension of the cluster's own metrics. */
  readonly clusterName: string;
  /** What a mapping names as its source: the cluster, or the VPC connection to a cluster of another account. */
  readonly eventSourceArn: string;
  /** Ways to sign in, the preferred one first. */
  readonly authentication: readonly [ClusterAuthentication, ...ClusterAuthentication[]];
  /** `undefined` when the cluster does not tell (Serverless, existing). */
  readonly brokerCount: number | undefined;
  /** Where the brokers are; `undefined` for an existing cluster of which only the ARN was given. */
  readonly network: ClusterNetwork | undefined;
}

/** Where a function has to be to talk to the brokers. */
export interface ClusterNetwork {
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection;
  /** Lets its own members in on the brokers' ports. */
  readonly securityGroup: ISecurityGroup;
}

/** Where a mapping can read from. */
export type KafkaSource = IKafkaCluster | SelfManagedKafka;
