import { Resource } from 'aws-cdk-lib';
import {
  Connections,
  type IConnectable,
  type ISecurityGroup,
  type IVpc,
  Port,
  SecurityGroup,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { CfnVpcConnection } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { checkClusterArn } from './check-cluster.ts';
import type { AuthenticationKind } from './cluster-authentication.ts';

export interface KafkaVpcConnectionProps {
  /** The cluster of the other account. Its owner turned on multi-VPC connectivity and lets this account in by a cluster policy. */
  readonly clusterArn: string;
  readonly vpc: IVpc;
  /**
   * A subnet in each zone of the cluster.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Lets its own members in, because the pollers are in it.
   *
   * @default - a group of the construct
   */
  readonly securityGroup?: ISecurityGroup;
  /** @default 'iam' */
  readonly authentication?: AuthenticationKind;
}

const authenticationName: Readonly<Record<AuthenticationKind, string>> = {
  iam: 'SASL_IAM',
  scram: 'SASL_SCRAM',
  mtls: 'TLS',
};

/**
 * The client's end of a private connection to an MSK cluster of another account: what a mapping names as its source.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cross-account.html
 */
export class KafkaVpcConnection extends Resource implements IConnectable {
  readonly vpcConnectionArn: string;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: KafkaVpcConnectionProps) {
    super(scope, id);
    checkClusterArn(this, props.clusterArn);
    const securityGroup = props.securityGroup ?? this.addSecurityGroup(props.vpc);
    this.connections = new Connections({ securityGroups: [securityGroup] });
    this.vpcConnectionArn = new CfnVpcConnection(this, 'Resource', {
      targetClusterArn: props.clusterArn,
      authentication: authenticationName[props.authentication ?? 'iam'],
      vpcId: props.vpc.vpcId,
      clientSubnets: props.vpc.selectSubnets(props.vpcSubnets).subnetIds,
      securityGroups: [securityGroup.securityGroupId],
    }).ref;
  }

  /** Both ends are in it, the pollers and the connection's own interfaces, and MSK chooses the ports between them. */
  private addSecurityGroup(vpc: IVpc): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Clients of the cluster' });
    group.addIngressRule(group, Port.allTcp(), 'the pollers of mappings');
    return group;
  }
}
