import { Token } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { enforceIf } from '../rules/enforce-rule.ts';
import {
  type AccessConfiguration,
  accessConfigurationsOf,
  type SelfManagedAuthentication,
} from './self-managed-authentication.ts';

export interface SelfManagedKafkaProps {
  /** 1 to 10 entries `host:port`. Create-only. */
  readonly bootstrapServers: readonly string[];
  /**
   * How pollers sign in.
   *
   * @default - not at all; then the cluster has to be reached through a VPC
   */
  readonly authentication?: SelfManagedAuthentication;
  /**
   * Secret with the certificate of the authority that signed the brokers' own, when that is a private one.
   *
   * @default - a public authority
   */
  readonly rootCertificate?: ISecret;
  /**
   * The VPC from which pollers reach the brokers.
   *
   * @default - the Internet
   */
  readonly vpc?: IVpc;
  /** @default - the private subnets of the VPC */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * The pollers' group. Needed with `vpc`.
   *
   * @default - none
   */
  readonly securityGroup?: ISecurityGroup;
}

/**
 * A Kafka cluster that is not Amazon MSK: on EC2, on premises, Confluent Cloud.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
 */
export class SelfManagedKafka extends Construct {
  readonly source = 'self-managed';
  readonly bootstrapServers: readonly string[];
  readonly authentication: SelfManagedAuthentication | undefined;
  /** Secrets that the function's role has to be able to read. */
  readonly secrets: readonly ISecret[];
  readonly accessConfigurations: readonly AccessConfiguration[];
  /** Whether pollers get network interfaces in a VPC. */
  readonly inVpc: boolean;

  constructor(scope: Construct, id: string, props: SelfManagedKafkaProps) {
    super(scope, id);
    const { authentication, rootCertificate } = props;
    this.bootstrapServers = props.bootstrapServers;
    this.authentication = authentication;
    this.inVpc = props.vpc !== undefined;
    this.checkProps(props);
    this.secrets = [
      ...(authentication && 'secret' in authentication ? [authentication.secret] : []),
      ...(rootCertificate ? [rootCertificate] : []),
    ];
    this.accessConfigurations = [
      ...(authentication ? accessConfigurationsOf(authentication) : []),
      ...(rootCertificate ? [{ type: 'SERVER_ROOT_CA_CERTIFICATE', uri: rootCertificate.secretArn }] : []),
      ...networkConfigurations(props),
    ];
  }

  private checkProps(props: SelfManagedKafkaProps): void {
    const { vpc, securityGroup, vpcSubnets, bootstrapServers: brokers } = props;
    const wrong =
      brokers.length < 1 || brokers.length > 10 ? `${brokers.length} brokers` : wrongBroker(brokers);
    enforceIf(wrong !== undefined, this, 'bootstrap-servers', wrong ?? '');
    const halfVpc = vpc !== undefined && securityGroup === undefined;
    enforceIf(halfVpc, this, 'self-managed-access', 'a vpc without securityGroup');
    const noVpc = vpc === undefined && (securityGroup !== undefined || vpcSubnets !== undefined);
    enforceIf(noVpc, this, 'self-managed-access', 'securityGroup or vpcSubnets without a vpc');
    enforceIf(!vpc && !props.authentication, this, 'self-managed-access', 'neither');
  }
}

function wrongBroker(brokers: readonly string[]): string | undefined {
  const wrong = brokers.find(
    (broker) => !Token.isUnresolved(broker) && (broker.length > 300 || !/^[^:\s]+:\d{1,5}$/.test(broker)),
  );
  return wrong === undefined ? undefined : `'${wrong}'`;
}

function networkConfigurations({
  vpc,
  vpcSubnets,
  securityGroup,
}: SelfManagedKafkaProps): AccessConfiguration[] {
  if (!vpc || !securityGroup) return [];
  const subnets = vpc.selectSubnets(vpcSubnets).subnetIds;
  return [
    ...subnets.map((id) => ({ type: 'VPC_SUBNET', uri: `subnet:${id}` })),
    { type: 'VPC_SECURITY_GROUP', uri: `security_group:${securityGroup.securityGroupId}` },
  ];
}
