import { type IVpc, type SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';

/** Brokers need no way out: the isolated subnets of a VPC, or the private ones of a VPC that has none, as CDK's own `Vpc` is. */
export function brokerSubnets({ isolatedSubnets }: IVpc): SubnetSelection {
  const isIsolated = isolatedSubnets.length > 0;
  return { subnetType: isIsolated ? SubnetType.PRIVATE_ISOLATED : SubnetType.PRIVATE_WITH_EGRESS };
}
