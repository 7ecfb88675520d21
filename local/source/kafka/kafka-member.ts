import { Consumer, FetchIsolationLevels, ListOffsetTimestamps } from '@platformatic/kafka';
import { LocalError } from '../../local-error.ts';
import type { GroupMember } from '../record-source.ts';
import { commitOffsets } from './commit-offsets.ts';
import { findCoordinatorAgain } from './find-coordinator-again.ts';
import { type GroupMembership, type GroupOptions, joinGroup } from './group-membership.ts';
import { clientOptions } from './kafka-connection.ts';
import { isPassing, passingTrouble } from './kafka-errors.ts';
import { keepTrying } from './keep-trying.ts';
import { type PartitionFetcher, partitionFetcher } from './partition-fetcher.ts';
import { topicMetadata } from './topic-metadata.ts';
import { watchTopic } from './topic-watch.ts';

export interface KafkaMemberOptions extends GroupOptions {
  /** Whether commits go to Kafka; otherwise they are remembered by this member only. */
  readonly commit: boolean;
}

/** Joins a group on Kafka. Lost connections, leaders that move and rebalances are mended here. */
export async function kafkaMember(asked: KafkaMemberOptions): Promise<GroupMember> {
  const trouble = (error: Error) => asked.listener.trouble(passingTrouble(error));
  const options = { ...asked, listener: { ...asked.listener, trouble } };
  const membership = await joinGroup(options);
  // Two clients beside the group's: heartbeats, commits and fetches must not wait for a fetch that waits for records.
  const quick = readingClient(options);
  const patient = readingClient(options);
  const member: Member = {
    ...options,
    membership,
    quick,
    fetcher: partitionFetcher({ topic: options.topic, quick, patient, onTrouble: options.listener.trouble }),
    left: new AbortController(),
    remembered: new Map(),
    lastCommit: Promise.resolve(),
  };
  const endWatch = watch(member);
  return {
    committed: (partitions) => committed(member, partitions),
    offsets: (partitions, at) => offsets(member, partitions, at),
    fetch: (request) => member.fetcher.fetch(request),
    commit: (toCommit) => commit(member, toCommit),
    leave: async () => {
      endWatch();
      member.left.abort();
      member.fetcher.close();
      await membership.leave();
      await Promise.all([quick.close(true), patient.close(true)]);
    },
  };
}

interface Member extends KafkaMemberOptions {
  readonly membership: GroupMembership;
  readonly quick: Consumer;
  readonly fetcher: PartitionFetcher;
  readonly left: AbortController;
  /** Commits that were not sent. */
  readonly remembered: Map<number, number>;
  lastCommit: Promise<unknown>;
}

/** A client that reads and commits for the group without being a member of it. */
function readingClient({ connection, group, topic, listener }: GroupOptions): Consumer {
  const consumer = new Consumer({
    ...clientOptions(connection),
    groupId: group,
    minBytes: 1,
    isolationLevel: FetchIsolationLevels.READ_UNCOMMITTED,
  });
  consumer.topics.track(topic);
  findCoordinatorAgain(consumer);
  consumer.on('error', (error: Error) => listener.trouble(error));
  return consumer;
}

function watch({ quick, topic, membership, listener }: Member): () => void {
  return watchTopic({
    client: quick,
    topic,
    onPartitions: (count) => void membership.shareOut(count).catch((error: Error) => listener.trouble(error)),
    onDeleted: () => {
      membership.lose();
      listener.trouble(new LocalError(`topic ${topic} was deleted`));
    },
    onCreatedAnew: () => membership.regain(),
  });
}

/** Reading again is always right, so a reading question is asked until it is answered or the member leaves. */
function patiently<Result>(member: Member, question: () => Promise<Result>): Promise<Result> {
  const { listener, left } = member;
  return keepTrying(question, {
    isPassing,
    forMs: Number.POSITIVE_INFINITY,
    signal: left.signal,
    onRetry: (error) => listener.trouble(error),
  });
}

async function committed(
  member: Member,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { topic, quick, remembered } = member;
  const asked = { topics: [{ topic, partitions: [...partitions] }] };
  const found = await patiently(member, () => quick.listCommittedOffsets(asked));
  const sent = found.get(topic) ?? [];
  return new Map(
    partitions.flatMap((partition) => {
      const offset = remembered.get(partition) ?? Number(sent[partition] ?? -1);
      return offset < 0 ? [] : [[partition, offset] as const];
    }),
  );
}

async function offsets(
  member: Member,
  partitions: readonly number[],
  at: 'earliest' | 'latest' | { readonly timestamp: number },
): Promise<ReadonlyMap<number, number>> {
  switch (at) {
    case 'earliest':
      return listOffsets(member, partitions, ListOffsetTimestamps.EARLIEST);
    case 'latest':
      return listOffsets(member, partitions, ListOffsetTimestamps.LATEST);
    default:
      return offsetsAt(member, partitions, at.timestamp);
  }
}

/** A partition without a record at or after the time has none yet: its end is where the first will be. */
async function offsetsAt(
  member: Member,
  partitions: readonly number[],
  timestamp: number,
): Promise<ReadonlyMap<number, number>> {
  const found = await listOffsets(member, partitions, BigInt(timestamp));
  const none = partitions.filter((partition) => (found.get(partition) ?? -1) < 0);
  const ends = none.length === 0 ? [] : await listOffsets(member, none, ListOffsetTimestamps.LATEST);
  return new Map([...found, ...ends]);
}

async function listOffsets(
  member: Member,
  partitions: readonly number[],
  timestamp: bigint,
): Promise<ReadonlyMap<number, number>> {
  const { topic, quick } = member;
  if (partitions.length === 0) {
    return new Map();
  }
  const found = await patiently(member, async () => {
    await topicMetadata(quick, topic, true);
    return quick.listOffsets({ topics: [topic], partitions: { [topic]: [...partitions] }, timestamp });
  });
  return new Map(partitions.map((partition) => [partition, Number(found.get(topic)?.[partition] ?? -1n)]));
}

/** One commit after the other: each is sent as the member that this is at that moment. */
async function commit(member: Member, toCommit: ReadonlyMap<number, number>): Promise<void> {
  if (!member.commit) {
    for (const [partition, offset] of toCommit) {
      member.remembered.set(partition, offset);
    }
    return;
  }
  const sent = member.lastCommit.then(() => commitOffsets(member, toCommit));
  member.lastCommit = sent.catch(() => undefined);
  return sent;
}
