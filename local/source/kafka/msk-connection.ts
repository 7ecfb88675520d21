import {
  GetBootstrapBrokersCommand,
  type GetBootstrapBrokersResponse,
  KafkaClient,
} from '@aws-sdk/client-kafka';
import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
import { LocalError } from '../../local-error.ts';
import type { KafkaConnection } from './kafka-connection.ts';

export interface MskConnectionOptions {
  /** Where the Amazon MSK API is; by default the one of the cluster's region, or AWS_ENDPOINT_URL_KAFKA. */
  readonly endpoint?: string;
}

/**
 * How to reach an Amazon MSK cluster with IAM: its brokers from GetBootstrapBrokers, and tokens signed with the default
 * credentials, a new one each time a broker asks.
 *
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/configure-clients-for-iam-access-control.html
 */
export async function mskConnection(
  clusterArn: string,
  options: MskConnectionOptions = {},
): Promise<KafkaConnection> {
  const region = regionOf(clusterArn);
  const bootstrap = iamBrokers(await bootstrapBrokers(clusterArn, { ...options, region }));
  if (bootstrap === undefined) {
    throw new LocalError(
      `cluster ${clusterArn} has no brokers for IAM: turn on IAM role-based authentication`,
    );
  }
  const token = async () => (await generateAuthToken({ region })).token;
  return { bootstrap, tls: {}, sasl: { mechanism: 'oauthbearer', token } };
}

function regionOf(clusterArn: string): string {
  const region = /^arn:aws[a-z-]*:kafka:([a-z0-9-]+):\d{12}:cluster\/[^/]+\/[^/]+$/.exec(clusterArn)?.[1];
  if (region === undefined) {
    throw new LocalError(
      `'${clusterArn}' is no ARN of an MSK cluster: arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID is expected`,
    );
  }
  return region;
}

async function bootstrapBrokers(
  clusterArn: string,
  { region, endpoint }: MskConnectionOptions & { readonly region: string },
): Promise<GetBootstrapBrokersResponse> {
  const client = new KafkaClient({ region, ...(endpoint === undefined ? {} : { endpoint }) });
  try {
    return await client.send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }));
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new LocalError(
      `cannot ask AWS for the brokers of ${clusterArn}: ${problem}; the credentials need kafka:GetBootstrapBrokers`,
    );
  } finally {
    client.destroy();
  }
}

/** A developer's machine is outside the VPC more often than inside: public brokers come first. */
function iamBrokers(brokers: GetBootstrapBrokersResponse): string | undefined {
  return (
    brokers.BootstrapBrokerStringPublicSaslIam ??
    brokers.BootstrapBrokerStringVpcConnectivitySaslIam ??
    brokers.BootstrapBrokerStringSaslIam
  );
}
