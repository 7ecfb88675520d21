import {
  GetBootstrapBrokersCommand,
  type GetBootstrapBrokersResponse,
  KafkaClient,
} from '@aws-sdk/client-kafka';
import signer from 'aws-msk-iam-sasl-signer-js';
import { LocalError } from '../../local-error.ts';
import type { KafkaConnection } from '../../source/kafka-source.ts';

/**
 * How to reach an Amazon MSK cluster as the caller's own IAM identity: its brokers from MSK's API, a signed token for
 * each connection. Of a cluster with public access the public brokers, as this machine is hardly in its VPC.
 *
 * @throws LocalError when there are no credentials, no such cluster, or no IAM authentication on it.
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 */
export async function mskConnection(cluster: string): Promise<KafkaConnection> {
  const region = cluster.split(':')[3] ?? '';
  const brokers = await askBrokers(cluster, region);
  const bootstrap = brokers.BootstrapBrokerStringPublicSaslIam ?? brokers.BootstrapBrokerStringSaslIam;
  if (!bootstrap) {
    throw new LocalError(
      `cluster ${cluster} has no IAM authentication (it has: ${authentications(brokers)}); turn it on, or give its brokers with --bootstrap and how to sign in`,
    );
  }
  return { bootstrap, tls: {}, sasl: { mechanism: 'oauthbearer', token: () => signedToken(region) } };
}

async function askBrokers(cluster: string, region: string): Promise<GetBootstrapBrokersResponse> {
  const client = new KafkaClient({ region, maxAttempts: 2 });
  try {
    return await client.send(new GetBootstrapBrokersCommand({ ClusterArn: cluster }));
  } catch (error) {
    throw brokersProblem(error, cluster, region);
  } finally {
    client.destroy();
  }
}

async function signedToken(region: string): Promise<string> {
  const { token } = await signer.generateAuthToken({ region }).catch((error: Error) => {
    throw new LocalError(`cannot sign in to MSK: ${oneLine(error.message)}`);
  });
  return token;
}

const credentialTroubles = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'TokenProviderError',
];

function brokersProblem(error: unknown, cluster: string, region: string): LocalError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const text = oneLine(message);
  if (credentialTroubles.includes(name)) {
    return new LocalError(
      `there are no AWS credentials that hold for cluster ${cluster}: ${text}; sign in (aws sso login), or set AWS_PROFILE`,
    );
  }
  if (name === 'NotFoundException') {
    return new LocalError(`there is no cluster ${cluster} in region ${region}: ${text}`);
  }
  if (name === 'ForbiddenException' || name === 'AccessDeniedException') {
    return new LocalError(`these credentials may not ask for the brokers of ${cluster}: ${text}`);
  }
  return new LocalError(`cannot ask MSK for the brokers of ${cluster}: ${name}: ${text}`);
}

function authentications(brokers: GetBootstrapBrokersResponse): string {
  const kinds = { 'no authentication': /String$/, TLS: /Tls$/, 'SASL/SCRAM': /SaslScram$/ };
  const names = Object.keys(brokers).filter((name) => name.startsWith('BootstrapBrokerString'));
  const found = Object.entries(kinds).flatMap(([kind, pattern]) =>
    names.some((name) => pattern.test(name)) ? [kind] : [],
  );
  return found.join(', ') || 'none yet: is it still being created?';
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').replace(/\.$/, '');
