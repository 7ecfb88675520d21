import { LocalError } from '../local-error.ts';

const maxPartitions = 100_000;

/** Kafka's own rule for topic names. */
export function checkTopicName(name: string): void {
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(name) || name === '.' || name === '..') {
    throw new LocalError(
      `'${name}' is no topic name: 1 to 249 characters out of a-z, A-Z, 0-9, '.', '_' and '-', other than '.' and '..'`,
    );
  }
}

export function checkPartitionCount(topic: string, partitions: number): void {
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > maxPartitions) {
    throw new LocalError(
      `topic ${topic} cannot have ${partitions} partitions: 1 to ${maxPartitions} are allowed`,
    );
  }
}
