/** How clients prove to a Kafka cluster who they are. One value serves the cluster, the pollers and the topic admin. */
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * The pollers of a mapping sign in as the function's role; nothing to store, nothing to rotate.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html
 */
export interface IamAuthentication {
  readonly kind: 'iam';
}

/**
 * User name and password (SASL/SCRAM-SHA-512) from Secrets Manager.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
 */
export interface ScramAuthentication {
  readonly kind: 'scram';
  /** Secret with `username` and `password`. MSK takes only names that begin with `AmazonMSK_`. */
  readonly secret: ISecret;
  /** The customer managed key that encrypts the secret. MSK refuses secrets under the AWS managed key. */
  readonly key: IKey;
}

/**
 * A client certificate (mutual TLS).
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
 */
export interface MtlsAuthentication {
  readonly kind: 'mtls';
  /** AWS Private CA authorities whose client certificates the cluster accepts. */
  readonly certificateAuthorityArns: readonly string[];
  /** Secret with `certificate` (chain, PEM), `privateKey` (PKCS#8 PEM) and optionally `privateKeyPassword`. */
  readonly clientCertificate: ISecret;
  /**
   * The customer managed key that encrypts the secret.
   *
   * @default - the key that the secret was made with, if any
   */
  readonly key?: IKey;
}

export type ClusterAuthentication = IamAuthentication | ScramAuthentication | MtlsAuthentication;

export type AuthenticationKind = ClusterAuthentication['kind'];

/** Makes the ways to sign in to a cluster. */
export const KafkaAuthentication = {
  iam: (): IamAuthentication => ({ kind: 'iam' }),
  scram: (options: Omit<ScramAuthentication, 'kind'>): ScramAuthentication => ({ kind: 'scram', ...options }),
  mtls: (options: Omit<MtlsAuthentication, 'kind'>): MtlsAuthentication => ({ kind: 'mtls', ...options }),
} as const;

/** Where MSK listens for each, inside the VPC. */
export const brokerPort: Readonly<Record<AuthenticationKind, number>> = {
  iam: 9098,
  scram: 9096,
  mtls: 9094,
};
