import { readFile } from 'node:fs/promises';
import { LocalError } from '../../local-error.ts';
import { type ConnectionOptions, isOnKafka } from '../../options.ts';
import type { KafkaConnection, KafkaSasl } from '../../source/kafka-source.ts';

export const passwordVariable = 'LANEWISE_SASL_PASSWORD';

/**
 * How to reach the Kafka that a command was given; `undefined` when it was given none.
 *
 * @throws LocalError when the options contradict each other, a file or the password is missing, or MSK tells no brokers.
 */
export async function kafkaConnection(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<KafkaConnection | undefined> {
  refuseStrayOptions(options);
  const { bootstrap, cluster } = options;
  if (cluster !== undefined) {
    const { mskConnection } = await import('./msk-connection.ts');
    return mskConnection(cluster);
  }
  if (bootstrap === undefined) return undefined;
  const [tls, sasl] = [await tlsOf(options), saslOf(options, environment)];
  return { bootstrap, ...(tls && { tls }), ...(sasl && { sasl }) };
}

function refuseStrayOptions(options: ConnectionOptions): void {
  const given = Object.entries({
    '--tls': options.tls,
    '--ca': options.ca,
    '--sasl-mechanism': options.saslMechanism,
    '--sasl-username': options.saslUsername,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length === 0 || options.bootstrap !== undefined) return;
  throw new LocalError(
    isOnKafka(options)
      ? `${given.join(', ')} cannot be used with --cluster, which signs in with IAM over TLS; give the brokers with --bootstrap`
      : `got ${given.join(', ')} without --bootstrap host:port, which says where to connect to`,
  );
}

async function tlsOf({ tls, ca }: ConnectionOptions): Promise<KafkaConnection['tls']> {
  if (ca === undefined) return tls ? {} : undefined;
  const certificates = await readFile(ca, 'utf8').catch((error: Error) => {
    throw new LocalError(`cannot read the certificates of --ca: ${error.message}`);
  });
  if (!certificates.includes('-----BEGIN CERTIFICATE-----')) {
    throw new LocalError(`${ca} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)`);
  }
  return { ca: certificates };
}

function saslOf(
  { saslMechanism: mechanism, saslUsername: username }: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
): KafkaSasl | undefined {
  if (mechanism === undefined && username === undefined) return undefined;
  if (mechanism === undefined || username === undefined) {
    throw new LocalError('--sasl-mechanism and --sasl-username belong together, got only one of them');
  }
  const password = environment[passwordVariable];
  if (!password) {
    throw new LocalError(
      `the password of ${username} is missing: set the variable ${passwordVariable}, so that it stays off the command line`,
    );
  }
  return { mechanism, username, password };
}
