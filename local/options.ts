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
  readonly topic: string;
  readonly seed: number;
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
