/** An Express or Standard cluster in the words of CloudFormation. */
import type { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, type CfnClusterProps, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import type { ClusterAuthentication } from './cluster-authentication.ts';
import type { BrokerLogs, KafkaClusterProps } from './cluster-props.ts';

export interface ProvisionedParts {
  readonly subnets: readonly ISubnet[];
  readonly securityGroupId: string;
  readonly authentication: readonly ClusterAuthentication[];
  readonly brokerLogs: BrokerLogs;
}

/** Records at rest for a few weeks of a small shop; about 10 USD a month for each broker. */
const defaultVolume = 100;

export function addProvisionedCluster(
  scope: Construct,
  props: KafkaClusterProps,
  parts: ProvisionedParts,
): CfnCluster {
  return new CfnCluster(scope, 'Resource', {
    clusterName: props.clusterName,
    kafkaVersion: props.kafkaVersion ?? '3.9.x',
    numberOfBrokerNodes: brokerCountOf(props, parts.subnets.length),
    brokerNodeGroupInfo: brokerNodes(props, parts),
    clientAuthentication: clientAuthentication(parts.authentication),
    encryptionInfo: {
      encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      ...(props.encryptionKey && { encryptionAtRest: { dataVolumeKmsKeyId: props.encryptionKey.keyArn } }),
    },
    loggingInfo: { brokerLogs: brokerLogs(parts.brokerLogs) },
    ...(props.monitoring && { enhancedMonitoring: props.monitoring }),
    ...configuration(scope, props),
  });
}

export function brokerCountOf(props: KafkaClusterProps, zones: number): number {
  return zones * (props.brokersPerZone ?? 1);
}

function brokerNodes(
  props: KafkaClusterProps,
  parts: ProvisionedParts,
): CfnCluster.BrokerNodeGroupInfoProperty {
  const standard = props.kind === 'standard';
  return {
    instanceType: props.instanceType ?? (standard ? 'kafka.m7g.large' : 'express.m7g.large'),
    clientSubnets: parts.subnets.map((subnet) => subnet.subnetId),
    securityGroups: [parts.securityGroupId],
    ...(standard && { storageInfo: { ebsStorageInfo: volume(props) } }),
  };
}

function volume({ storage }: KafkaClusterProps): CfnCluster.EBSStorageInfoProperty {
  return {
    volumeSize: storage?.volumeSize ?? defaultVolume,
    ...(storage?.throughput && {
      provisionedThroughput: { enabled: true, volumeThroughput: storage.throughput },
    }),
  };
}

/** Everything that is not asked for is off, in so many words. */
function clientAuthentication(
  ways: readonly ClusterAuthentication[],
): CfnCluster.ClientAuthenticationProperty {
  const kinds = new Set(ways.map((way) => way.kind));
  const authorities = ways.flatMap((way) => (way.kind === 'mtls' ? way.certificateAuthorityArns : []));
  return {
    sasl: { iam: { enabled: kinds.has('iam') }, scram: { enabled: kinds.has('scram') } },
    ...(kinds.has('mtls') && { tls: { enabled: true, certificateAuthorityArnList: authorities } }),
    unauthenticated: { enabled: false },
  };
}

function brokerLogs(logs: BrokerLogs): CfnCluster.BrokerLogsProperty {
  return {
    ...(logs.logGroup && { cloudWatchLogs: { enabled: true, logGroup: logs.logGroup.logGroupName } }),
    ...(logs.bucket && { s3: { enabled: true, bucket: logs.bucket.bucketName, prefix: 'msk' } }),
    ...(logs.deliveryStream && { firehose: { enabled: true, deliveryStream: logs.deliveryStream } }),
  };
}

function configuration(
  scope: Construct,
  props: KafkaClusterProps,
): Pick<CfnClusterProps, 'configurationInfo'> {
  if (!props.serverProperties) return {};
  const resource = new CfnConfiguration(scope, 'Configuration', {
    name: `${props.clusterName}-configuration`,
    serverProperties: Object.entries(props.serverProperties)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
  });
  return { configurationInfo: { arn: resource.attrArn, revision: resource.attrLatestRevisionRevision } };
}
