import { InvalidArgumentError } from 'commander';
import type { KnobFlag } from './config/choose-knobs.ts';

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
