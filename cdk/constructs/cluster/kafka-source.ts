/** What a topic, a consumer and an alarm need to know of a cluster, whatever its kind. */
import type { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { ClusterAuthentication } from './cluster-authentication.ts';

/** The kinds of MSK cluster that can be provisioned, and one that exists already. */
export type ClusterKind = 'express' | 'standard' | 'serverless' | 'existing';

/** An Amazon MSK cluster, of this app or of another. */
export interface IKafkaCluster extends IConstruct, IConnectable {
  readonly source: 'msk';
  readonly kind: ClusterKind;
  readonly clusterArn: string;
  /** Ends the ARN's first segment; the `Cluster Name` dimension of the cluster's metrics. */
  readonly clusterName: string;
  /** What a mapping names as its source: the cluster, or the VPC connection to a cluster of another account. */
  readonly eventSourceArn: string;
  /** Ways to sign in, the preferred one first. */
  readonly authentication: readonly [ClusterAuthentication, ...ClusterAuthentication[]];
  /** How many brokers there are; `undefined` when the cluster does not tell (Serverless, existing). */
  readonly brokerCount: number | undefined;
}
