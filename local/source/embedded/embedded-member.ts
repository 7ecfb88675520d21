import type { Clock } from '../../clock.ts';
import type { Fetched, FetchRequest, GroupMember } from '../record-source.ts';
import { OffsetOutOfRangeError, PartitionLostError } from '../record-source.ts';
import { type EmbeddedTopic, logOf, wake } from './embedded-topic.ts';
import { offsetAt, type PartitionLog, read } from './partition-log.ts';
import { type Membership, rebalance, type TopicGroup } from './topic-group.ts';

interface Seat {
  readonly topic: EmbeddedTopic;
  readonly group: TopicGroup;
  readonly membership: Membership;
  readonly clock: Clock;
}

/** A member of a group on the embedded source, which is already in the group's list of members. */
export function embeddedMember(seat: Seat): GroupMember {
  const { topic, group, membership } = seat;
  return {
    committed: async (partitions) =>
      new Map(
        partitions.flatMap((partition) => {
          const offset = group.committed.get(partition);
          return offset === undefined ? [] : [[partition, offset] as const];
        }),
      ),
    offsets: async (partitions, at) =>
      new Map(partitions.map((partition) => [partition, resolveOffset(logOf(topic, partition), at)])),
    fetch: async (request) => fetchFrom(seat, request),
    commit: async (offsets) => commit(seat, offsets),
    leave: async () => leave(topic, group, membership),
  };
}

async function fetchFrom(seat: Seat, request: FetchRequest): Promise<Fetched> {
  const log = logOf(seat.topic, request.partition);
  if (request.offset < log.start || request.offset > log.end) {
    throw new OffsetOutOfRangeError(seat.topic.name, request.partition, request.offset);
  }
  const mayWait = request.offset === log.end && request.maxWaitMs > 0;
  if (mayWait && seat.group.members.includes(seat.membership)) {
    await recordOrTimeout(seat, log, request.maxWaitMs);
  }
  const records = read(log, request);
  const last = records.at(-1);
  return {
    partition: request.partition,
    records,
    nextOffset: last === undefined ? log.end : last.offset + 1,
    endOffset: log.end,
  };
}

/** Until a record arrives, the time is over, or the member leaves. */
function recordOrTimeout({ clock, membership }: Seat, log: PartitionLog, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      log.waiting.delete(done);
      membership.waiting.delete(done);
      resolve();
    };
    const cancel = clock.setTimer(ms, done);
    log.waiting.add(done);
    membership.waiting.add(done);
  });
}

function commit({ topic, group, membership }: Seat, offsets: ReadonlyMap<number, number>): void {
  const kept = [...offsets].filter(([partition]) => membership.held.has(partition));
  for (const [partition, offset] of kept) {
    group.committed.set(partition, offset);
  }
  wake(topic.waitingForRoom);
  const lost = [...offsets.keys()].find((partition) => !membership.held.has(partition));
  if (lost !== undefined) {
    throw new PartitionLostError(topic.name, lost, group.name);
  }
}

function leave(topic: EmbeddedTopic, group: TopicGroup, membership: Membership): void {
  const at = group.members.indexOf(membership);
  if (at < 0) {
    return;
  }
  group.members.splice(at, 1);
  membership.held = new Set();
  wake(membership.waiting);
  rebalance(
    group,
    topic.logs.map((log) => log.partition),
  );
  wake(topic.waitingForRoom);
}

function resolveOffset(
  log: PartitionLog,
  at: 'earliest' | 'latest' | { readonly timestamp: number },
): number {
  switch (at) {
    case 'earliest':
      return log.start;
    case 'latest':
      return log.end;
    default:
      return offsetAt(log, at.timestamp);
  }
}
