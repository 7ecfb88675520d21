import { Annotations, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { FlowLogDestination, type IVpc, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ClusterNetwork } from './constructs/cluster/kafka-source.ts';
import type { NetworkSettings } from './settings.ts';

/** By index, because a stack that knows no region sees only two zones. */
const threeZones = (): string[] => [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));

/**
 * A network for the brokers alone, in three zones. No NAT: brokers and the pollers of provisioned mode need no way out, and a NAT
 * gateway in each zone would cost about 100 USD a month.
 */
export function addBrokerNetwork(scope: Construct): Vpc {
  const vpc = new Vpc(scope, 'Network', {
    availabilityZones: threeZones(),
    natGateways: 0,
    subnetConfiguration: [{ name: 'brokers', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    // Nothing uses the default group; emptying it would take a function of its own in the stack.
    restrictDefaultSecurityGroup: false,
  });
  const logGroup = new LogGroup(scope, 'FlowLogs', {
    retention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(logGroup) });
  return vpc;
}

/** The network of a cluster that exists. Read from the settings, so that synth needs no credentials. */
export function existingNetwork(scope: Construct, settings: NetworkSettings): ClusterNetwork {
  const isolatedSubnetIds = [...settings.subnetIds];
  const vpc: IVpc = Vpc.fromVpcAttributes(scope, 'Network', {
    vpcId: settings.vpcId,
    availabilityZones: threeZones().slice(0, isolatedSubnetIds.length),
    isolatedSubnetIds,
  });
  // Nothing here adds a route.
  for (const subnet of vpc.isolatedSubnets)
    Annotations.of(subnet).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
  const securityGroup = SecurityGroup.fromSecurityGroupId(scope, 'BrokerGroup', settings.securityGroupId);
  return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, securityGroup };
}
