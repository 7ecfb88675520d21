import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ClusterAuthentication } from './cluster-authentication.ts';

/** How finely MSK measures itself. Each level after `DEFAULT` is paid for by the metric. */
export type MonitoringLevel = 'DEFAULT' | 'PER_BROKER' | 'PER_TOPIC_PER_BROKER' | 'PER_TOPIC_PER_PARTITION';

export interface BrokerStorage {
  /** GiB for each broker, 1 to 16384. It can grow later, never shrink. */
  readonly volumeSize: number;
  /**
   * MiB a second for each broker, 250 to 2375, on large instance types.
   *
   * @default - the volume's own
   */
  readonly throughput?: number;
}

export interface BrokerLogs {
  /** @default - a log group of the construct when there is no other destination */
  readonly logGroup?: ILogGroup;
  /** @default - none */
  readonly bucket?: IBucket;
  /**
   * Name of a delivery stream.
   *
   * @default - none
   */
  readonly deliveryStream?: string;
}

export interface KafkaClusterProps {
  /** The cluster's name in MSK: 1 to 64 letters, digits and hyphens. Create-only. */
  readonly clusterName: string;
  readonly vpc: IVpc;
  /**
   * Where the brokers live, one subnet for each zone. Create-only.
   *
   * @default - the isolated subnets of the VPC, or the private ones where it has none
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * `express`: brokers that manage their storage, about 900 USD a month for three of the smallest. `standard`: every setting, about 450 USD.
   * `serverless`: paid by throughput and partition, from about 550 USD; IAM only.
   *
   * @default 'express'
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-types.html
   */
  readonly kind?: 'express' | 'standard' | 'serverless';
  /**
   * Ways to sign in, the preferred one first.
   *
   * @default - IAM
   */
  readonly authentication?: readonly [ClusterAuthentication, ...ClusterAuthentication[]];
  /** @default '3.9.x' */
  readonly kafkaVersion?: string;
  /** @default - express.m7g.large or kafka.m7g.large */
  readonly instanceType?: string;
  /** @default 1 */
  readonly brokersPerZone?: number;
  /**
   * Standard only.
   *
   * @default - 100 GiB for each broker
   */
  readonly storage?: BrokerStorage;
  /**
   * Encrypts the records at rest. Create-only.
   *
   * @default - the AWS managed key of MSK
   */
  readonly encryptionKey?: IKey;
  /**
   * Broker configuration by Kafka's own names, made into an `AWS::MSK::Configuration`.
   *
   * @default - what MSK sets
   */
  readonly serverProperties?: Readonly<Record<string, string>>;
  /** @default 'DEFAULT' */
  readonly monitoring?: MonitoringLevel;
  /** @default - CloudWatch, kept for a month */
  readonly brokerLogs?: BrokerLogs;
  /**
   * What happens to the cluster, and so to its records, when it leaves the template. The default keeps it, but for a creation that is rolled back:
   * one that stayed would be paid for, and in the way of the next try.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}
