/** How pollers sign in to a Kafka cluster that is not Amazon MSK. */
import type { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

interface SecretAuthentication {
  /** `plain`: SASL/PLAIN over TLS; `scram-256`, `scram-512`: SASL/SCRAM; `mtls`: a client certificate. */
  readonly kind: 'plain' | 'scram-256' | 'scram-512' | 'mtls';
  readonly secret: ISecret;
}

/** SASL/OAUTHBEARER with a client of an identity provider. */
export interface OauthAuthentication {
  readonly kind: 'oauth';
  /** Secret with the client's credentials. */
  readonly secret: ISecret;
  readonly scope?: string;
  readonly audience?: string;
  /** Confluent Cloud's cluster id. */
  readonly logicalCluster?: string;
  /** Confluent Cloud's identity pool. */
  readonly identityPool?: string;
}

/** SASL/OAUTHBEARER with a token that AWS issues for the function's role. */
interface IamOauthAuthentication {
  readonly kind: 'iam-oauth';
  readonly audience: string;
}

export type SelfManagedAuthentication =
  | SecretAuthentication
  | OauthAuthentication
  | IamOauthAuthentication
  | { readonly kind: 'iam' };

/** Makes the ways to sign in to a self-managed cluster. */
export const SelfManagedAuthentication = {
  plain: (secret: ISecret): SelfManagedAuthentication => ({ kind: 'plain', secret }),
  scram256: (secret: ISecret): SelfManagedAuthentication => ({ kind: 'scram-256', secret }),
  scram512: (secret: ISecret): SelfManagedAuthentication => ({ kind: 'scram-512', secret }),
  mtls: (secret: ISecret): SelfManagedAuthentication => ({ kind: 'mtls', secret }),
  oauth: (options: Omit<OauthAuthentication, 'kind'>): SelfManagedAuthentication => ({
    kind: 'oauth',
    ...options,
  }),
  iamOauth: (audience: string): SelfManagedAuthentication => ({ kind: 'iam-oauth', audience }),
  iam: (): SelfManagedAuthentication => ({ kind: 'iam' }),
} as const;

export type AccessConfiguration = CfnEventSourceMapping.SourceAccessConfigurationProperty;

const secretType = {
  plain: 'BASIC_AUTH',
  'scram-256': 'SASL_SCRAM_256_AUTH',
  'scram-512': 'SASL_SCRAM_512_AUTH',
  mtls: 'CLIENT_CERTIFICATE_TLS_AUTH',
} as const;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html */
export function accessConfigurationsOf(way: SelfManagedAuthentication): readonly AccessConfiguration[] {
  switch (way.kind) {
    case 'plain':
    case 'scram-256':
    case 'scram-512':
    case 'mtls':
      return [{ type: secretType[way.kind], uri: way.secret.secretArn }];
    case 'iam':
      return [{ type: 'IAM_AUTH' }];
    case 'iam-oauth':
      return [{ type: 'IAM_OAUTHBEARER_AUTH' }, { type: 'OAUTHBEARER_AUDIENCE', uri: way.audience }];
    case 'oauth':
      return oauthConfigurations(way);
  }
}

function oauthConfigurations(way: OauthAuthentication): readonly AccessConfiguration[] {
  const optional = [
    { type: 'OAUTHBEARER_SCOPE', uri: way.scope },
    { type: 'OAUTHBEARER_AUDIENCE', uri: way.audience },
    { type: 'OAUTHBEARER_LOGICAL_CLUSTER', uri: way.logicalCluster },
    { type: 'OAUTHBEARER_IDENTITY_POOL', uri: way.identityPool },
  ];
  return [{ type: 'OAUTHBEARER_AUTH', uri: way.secret.secretArn }, ...optional.filter(({ uri }) => uri)];
}
