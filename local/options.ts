import { InvalidArgumentError } from 'commander';
import type { KnobFlag } from './config/choose-knobs.ts';

/** Where a Kafka is and how to be let in. Without `bootstrap` and `cluster` the embedded source runs. */
export interface ConnectionOptions {
  /** `host:port[,host:port…]`. */
  readonly bootstrap?: string;
  /** The ARN of an Amazon MSK cluster, instead of `bootstrap`. */
  readonly cluster?: string;
  readonly tls?: boolean;
  /** A file with the certificates to trust (PEM); implies `tls`. */
  readonly ca?: string;
  readonly saslMechanism?: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly saslUsername?: string;
}

/** What `npm start` and `npm run dev` were asked to do. */
export interface StartOptions extends ConnectionOptions {
  readonly once: boolean;
  /** A file of orders, `-` for standard input. */
  readonly orders?: string;
  readonly count?: number;
  readonly seed: number;
  readonly topic?: string;
  /** Consumers to run, all when empty. */
  readonly consumer: readonly string[];
  readonly report?: string;
  /** A cloud assembly, instead of synthesizing the project's own. */
  readonly assembly?: string;
  readonly port: number;
  /** Whether a sample run gets its transient failures. */
  readonly faults: boolean;
  /** Whether the functions' own log lines are shown. */
  readonly logs: boolean;
  /**
   * Whether the run commits offsets and writes to the Kafka; otherwise it only reads, in groups of its own.
   * When not given: no for a cluster, yes for all else.
   */
  readonly commit?: boolean;
  /** A configuration file, instead of the project's lanewise.config.ts. */
  readonly config?: string;
  readonly knob: readonly KnobFlag[];
  /** Consumers that a debugger may stop in. */
  readonly inspect: readonly string[];
  /** The same, and their first environment waits for the debugger. */
  readonly inspectWait: readonly string[];
}

export interface ProduceOptions extends ConnectionOptions {
  readonly count: number;
  /** On a Kafka only. */
  readonly topic?: string;
  readonly seed?: number;
}

export interface InvokeOptions {
  readonly consumer: string;
  /** A file with an event, `-` for standard input. */
  readonly event: string;
  readonly assembly?: string;
  /** Waits for a debugger before the invocation. */
  readonly inspect: boolean;
}

/** Whether a run leaves the Kafka that it reads as it is. */
export function isReadOnly({ cluster, commit }: Pick<StartOptions, 'cluster' | 'commit'>): boolean {
  return !(commit ?? cluster === undefined);
}

/** Whether a run reads from a Kafka. */
export function isOnKafka({ bootstrap, cluster }: ConnectionOptions): boolean {
  return bootstrap !== undefined || cluster !== undefined;
}

/** Parses a whole number from `low` on; the message is what the person who typed it reads. */
export function wholeNumber(low: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < low) {
      throw new InvalidArgumentError(`it must be a whole number from ${low}, got '${text}'`);
    }
    return value;
  };
}

export function port(text: string): number {
  const value = wholeNumber(0)(text);
  if (value > 65_535)
    throw new InvalidArgumentError(`it must be a port from 0 (a free one) to 65535, got '${text}'`);
  return value;
}

/** Parses `host:port[,host:port…]`. */
export function bootstrapServers(text: string): string {
  for (const server of text.split(',')) {
    const [, host, number] = /^(.+):(\d{1,5})$/.exec(server.trim()) ?? [];
    if (!host || Number(number) < 1 || Number(number) > 65_535) {
      throw new InvalidArgumentError(
        `it must be host:port, or several with commas between them, got '${text}'`,
      );
    }
  }
  return text;
}

/** @see https://github.com/apache/kafka/blob/trunk/clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
export function topicName(text: string): string {
  if (!/^[A-Za-z0-9._-]{1,249}$/.test(text) || text === '.' || text === '..') {
    throw new InvalidArgumentError(`it must be 1 to 249 of the characters a-z A-Z 0-9 . _ -, got '${text}'`);
  }
  return text;
}

/** For an option that may be given several times. */
export const collect = (value: string, previous: readonly string[]): readonly string[] => [
  ...previous,
  value,
];

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-get-bootstrap-brokers.html */
export function clusterArn(text: string): string {
  if (!/^arn:aws[a-z-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[^/]+\/[^/]+$/.test(text)) {
    throw new InvalidArgumentError(
      `it must be the ARN of a cluster, arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID, got '${text}'`,
    );
  }
  return text;
}

/** Parses `name=value`, and adds it to those before. */
export function knobFlag(text: string, previous: readonly KnobFlag[]): readonly KnobFlag[] {
  const [, name, value] = /^([^=\s]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(`it must be name=value, as in partialReading=from-lowest, got '${text}'`);
  }
  return [...previous, { name, value }];
}
