import type { Certificates } from './certificates.ts';

/** Where one broker listens: without security, for the other brokers and the tools, and with it, for the tests. */
export interface BrokerPorts {
  readonly plain: number;
  readonly controller: number;
  readonly sasl: number;
  readonly tls: number;
}

export interface BrokerSettings {
  readonly id: number;
  readonly brokers: readonly BrokerPorts[];
  readonly directory: string;
  readonly sasl: boolean;
  readonly certificates: Certificates | undefined;
}

/** The one user whom the SASL listener knows, with every mechanism. */
export const saslUser = { username: 'ada', password: 'ada-secret' };

export function brokerProperties(settings: BrokerSettings): string {
  const { id, brokers, directory } = settings;
  const replicas = String(brokers.length);
  return [
    'process.roles=broker,controller',
    `node.id=${id}`,
    `controller.quorum.voters=${brokers.map((ports, at) => `${at + 1}@127.0.0.1:${ports.controller}`).join(',')}`,
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=PLAINTEXT',
    `log.dirs=${directory}`,
    `offsets.topic.replication.factor=${replicas}`,
    `transaction.state.log.replication.factor=${replicas}`,
    `share.coordinator.state.topic.replication.factor=${replicas}`,
    `default.replication.factor=${replicas}`,
    'transaction.state.log.min.isr=1',
    'min.insync.replicas=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.num.partitions=4',
    'group.initial.rebalance.delay.ms=0',
    'auto.create.topics.enable=false',
    'log.cleaner.backoff.ms=200',
    'log.cleaner.dedupe.buffer.size=4194304',
    'log.initial.task.delay.ms=500',
    // Records keep the times that tests give them, also those of 1970: a broker that deletes by age would take them
    // away while they are read.
    'log.retention.ms=-1',
    'controlled.shutdown.retry.backoff.ms=200',
    // A broker of several that is killed is missed soon, so that a test of a leader change is quick. One that is alone has nobody to take its place: it would
    // only be cut off when the machine is busy for long.
    ...(brokers.length > 1 ? ['broker.session.timeout.ms=3000', 'broker.heartbeat.interval.ms=500'] : []),
    ...listeners(settings),
  ].join('\n');
}

function listeners({ id, brokers, sasl, certificates }: BrokerSettings): readonly string[] {
  const ports = brokers[id - 1];
  if (ports === undefined) {
    throw new Error(`no broker ${id}`);
  }
  const open = [`PLAINTEXT://127.0.0.1:${ports.plain}`];
  open.push(...(sasl ? [`SASL_PLAINTEXT://127.0.0.1:${ports.sasl}`] : []));
  open.push(...(certificates === undefined ? [] : [`SSL://localhost:${ports.tls}`]));
  return [
    `listeners=${[...open, `CONTROLLER://127.0.0.1:${ports.controller}`].join(',')}`,
    `advertised.listeners=${open.join(',')}`,
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL',
    ...(sasl ? saslLines() : []),
    ...(certificates === undefined ? [] : tlsLines(certificates)),
  ];
}

function saslLines(): readonly string[] {
  const security = 'org.apache.kafka.common.security';
  const listener = 'listener.name.sasl_plaintext';
  const { username, password } = saslUser;
  return [
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    `${listener}.plain.sasl.jaas.config=${security}.plain.PlainLoginModule required user_${username}="${password}";`,
    ...['256', '512'].map(
      (bits) => `${listener}.scram-sha-${bits}.sasl.jaas.config=${security}.scram.ScramLoginModule required;`,
    ),
    `${listener}.oauthbearer.sasl.jaas.config=${security}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
    // Tokens end quickly: whoever does not renew them is cut off.
    `${listener}.oauthbearer.connections.max.reauth.ms=3000`,
  ];
}

function tlsLines({ keyStore, password }: Certificates): readonly string[] {
  return [
    `listener.name.ssl.ssl.keystore.location=${keyStore}`,
    `listener.name.ssl.ssl.keystore.password=${password}`,
    `listener.name.ssl.ssl.key.password=${password}`,
  ];
}
