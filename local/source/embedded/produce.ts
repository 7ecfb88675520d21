import type { Clock } from '../../clock.ts';
import { LocalError } from '../../local-error.ts';
import type { ProducedRecord } from '../record-source.ts';
import { appendTo, dropCommitted, type EmbeddedTopic, wake } from './embedded-topic.ts';
import type { PartitionLog } from './partition-log.ts';

/** How much a topic keeps in memory. Only what every group has committed is ever dropped. */
export interface Retention {
  /** Bytes beyond which the topic begins to drop what every group has committed. */
  readonly committedBytes: number;
  /** Bytes of a topic's records, about 30 bytes a record for their bookkeeping included. */
  readonly maxBytes: number;
  readonly maxRecords: number;
  /** How long a producer waits for the topic's groups to commit when a topic is full. */
  readonly maxWaitMs: number;
}

export const defaultRetention: Retention = {
  committedBytes: 8 * 1024 * 1024,
  maxBytes: 32 * 1024 * 1024,
  maxRecords: Number.POSITIVE_INFINITY,
  maxWaitMs: 60_000,
};

export interface Production {
  readonly topic: EmbeddedTopic;
  readonly clock: Clock;
  readonly retention: Retention;
}

/** Appends in order. A full topic makes the producer wait for its groups, then fail: a record is never dropped unread. */
export async function produceTo(
  production: Production,
  records: readonly ProducedRecord[],
): Promise<readonly { readonly partition: number; readonly offset: number }[]> {
  const { topic, clock } = production;
  const positions: { partition: number; offset: number }[] = [];
  const touched = new Set<PartitionLog>();
  try {
    for (const record of records) {
      trim(production);
      if (isFull(production)) {
        wakeReaders(touched);
        await room(production);
      }
      const { partition, offset } = appendTo(topic, record, clock.now());
      positions.push({ partition, offset });
      touched.add(topic.logs[partition] as PartitionLog);
    }
  } finally {
    wakeReaders(touched);
  }
  return positions;
}

/** Looks again only after a good deal more was written, so that a lagging group does not make it look at each record. */
function trim({ topic, retention }: Production): void {
  const step = retention.committedBytes / 4;
  if (topic.bytes > Math.max(retention.committedBytes, topic.trimAt)) {
    dropCommitted(topic);
    topic.trimAt = topic.bytes + step;
  }
}

function wakeReaders(touched: Set<PartitionLog>): void {
  for (const log of touched) {
    wake(log.waiting);
  }
  touched.clear();
}

function isFull({ topic, retention }: Production): boolean {
  if (topic.bytes < retention.maxBytes && topic.records < retention.maxRecords) {
    return false;
  }
  dropCommitted(topic);
  return topic.bytes >= retention.maxBytes || topic.records >= retention.maxRecords;
}

async function room(production: Production): Promise<void> {
  const { topic, clock, retention } = production;
  let late = false;
  const cancel = clock.setTimer(retention.maxWaitMs, () => {
    late = true;
    wake(topic.waitingForRoom);
  });
  try {
    while (isFull(production)) {
      if (late || !isRead(topic)) {
        throw fullError(production);
      }
      await new Promise<void>((resolve) => topic.waitingForRoom.add(resolve));
    }
  } finally {
    cancel();
  }
}

/** Whether someone may make room: a member of a group that could commit. */
function isRead(topic: EmbeddedTopic): boolean {
  return !topic.deleted && [...topic.groups.values()].some((group) => group.members.length > 0);
}

function fullError({ topic, retention }: Production): LocalError {
  const kept = `${topic.records} records, ${topic.bytes} bytes`;
  const limit = `at most ${retention.maxRecords} records and ${retention.maxBytes} bytes`;
  const why = isRead(topic)
    ? `its groups (${[...topic.groups.keys()].join(', ')}) have not committed enough in ${retention.maxWaitMs} ms`
    : 'nobody reads it';
  return new LocalError(
    `topic ${topic.name} is full: it keeps ${kept} of ${limit}, and ${why}; raise the retention`,
  );
}
