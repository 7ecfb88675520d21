import { InvalidArgumentError } from 'commander';

/** What `npm start` was asked to do. */
export interface StartOptions {
  readonly once: boolean;
  /** A file of orders, `-` for standard input. */
  readonly orders?: string;
  readonly count?: number;
  readonly seed: number;
  /** `host:port[,host:port…]`; without it the embedded source runs. */
  readonly bootstrap?: string;
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
}

export interface ProduceOptions {
  readonly count: number;
  readonly bootstrap?: string;
  readonly topic: string;
  readonly seed: number;
}

export interface InvokeOptions {
  readonly consumer: string;
  /** A file with an event, `-` for standard input. */
  readonly event: string;
  readonly assembly?: string;
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
