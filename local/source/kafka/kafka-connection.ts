import type { ConnectionOptions } from 'node:tls';
import type { BaseOptions } from '@platformatic/kafka';
import { LocalError } from '../../local-error.ts';

/** Where a Kafka is and how to be let in. */
export interface KafkaConnection {
  /** Broker addresses, `host:port` separated by commas. */
  readonly bootstrap: string;
  /** TLS with these options; `{}` trusts what Node trusts. Without it the connection is in the clear. */
  readonly tls?: ConnectionOptions;
  readonly sasl?: KafkaSasl;
}

export type KafkaSasl =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    }
  /** `token` is asked for each connection, and again before the broker ends the session. */
  | { readonly mechanism: 'oauthbearer'; readonly token: () => Promise<string> };

/** How long one attempt to connect to one broker may take. */
const connectTimeoutMs = 3_000;

/**
 * The options that every client of this connection shares. Clients do not retry by themselves: who calls them knows
 * how long it may take and whether the answer still matters.
 */
export function clientOptions(connection: KafkaConnection): BaseOptions {
  return {
    clientId: 'lanewise',
    bootstrapBrokers: [...parseBootstrap(connection.bootstrap)],
    connectTimeout: connectTimeoutMs,
    requestTimeout: 30_000,
    retries: 0,
    ...(connection.tls === undefined ? {} : { tls: connection.tls, tlsServerName: true }),
    ...(connection.sasl === undefined ? {} : { sasl: saslOptions(connection.sasl) }),
  };
}

/** Addresses of `host:port[,host:port]`; an IPv6 host stands in brackets. */
export function parseBootstrap(text: string): readonly { readonly host: string; readonly port: number }[] {
  return text.split(',').map((part) => {
    const match = /^(?:\[([^\]]+)\]|([^\s:/]+)):(\d{1,5})$/.exec(part.trim());
    const port = Number(match?.[3]);
    const host = match?.[1] ?? match?.[2];
    if (host === undefined || port < 1 || port > 65_535) {
      throw new LocalError(
        `'${part.trim()}' is no broker address: host:port is expected, as in localhost:9092`,
      );
    }
    return { host, port };
  });
}

function saslOptions(sasl: KafkaSasl): BaseOptions['sasl'] {
  switch (sasl.mechanism) {
    case 'oauthbearer':
      return { mechanism: 'OAUTHBEARER', token: sasl.token };
    case 'plain':
      return { mechanism: 'PLAIN', username: sasl.username, password: sasl.password };
    case 'scram-sha-256':
      return { mechanism: 'SCRAM-SHA-256', username: sasl.username, password: sasl.password };
    case 'scram-sha-512':
      return { mechanism: 'SCRAM-SHA-512', username: sasl.username, password: sasl.password };
  }
}
