import type { GroupPartitionsAssigner } from '@platformatic/kafka';
import { assignPartitions } from '../assign-partitions.ts';

type Members = Parameters<GroupPartitionsAssigner>[1];
type Member = Members extends Map<string, infer One> ? One : never;

/**
 * Shares out every topic among the members that subscribe to it, by the rule of cooperative rebalancing: a partition
 * that moves is given to nobody in this round, while its holder gives it up, and to its new holder in the next.
 * Members of one group may read different topics.
 */
export const cooperativeAssigner: GroupPartitionsAssigner = (_current, members, _topics, metadata) => {
  const everyone = [...members.values()].sort((one, other) => (one.memberId < other.memberId ? -1 : 1));
  const assignments = new Map(everyone.map(({ memberId }) => [memberId, new Map()]));
  for (const topic of new Set(everyone.flatMap((member) => member.topics ?? []))) {
    const readers = everyone.filter((member) => member.topics?.includes(topic));
    const partitions = [...Array(metadata.topics.get(topic)?.partitionsCount ?? 0).keys()];
    for (const [at, share] of sharesOf(topic, readers, partitions).entries()) {
      assignments.get(readers[at]?.memberId ?? '')?.set(topic, { topic, partitions: share });
    }
  }
  return everyone.map(({ memberId }) => ({ memberId, assignments: assignments.get(memberId) ?? new Map() }));
};

function sharesOf(
  topic: string,
  readers: readonly Member[],
  partitions: readonly number[],
): readonly (readonly number[])[] {
  const holders = holdersOf(topic, readers);
  const held = readers.map((_, at) => partitions.filter((partition) => holders.get(partition) === at));
  return assignPartitions(partitions, held).map((share, at) =>
    share.filter((partition) => (holders.get(partition) ?? at) === at),
  );
}

/** Who holds each partition. Of two who say so, the one who was in the group last is right. */
function holdersOf(topic: string, readers: readonly Member[]): ReadonlyMap<number, number> {
  const holders = new Map<number, number>();
  for (const [at, reader] of readers.entries()) {
    const owned = reader.ownedPartitions?.filter((one) => one.topic === topic) ?? [];
    for (const partition of owned.flatMap((one) => one.partitions)) {
      const other = readers[holders.get(partition) ?? -1];
      if (other === undefined || generation(reader) > generation(other)) {
        holders.set(partition, at);
      }
    }
  }
  return holders;
}

function generation(member: Member): number {
  return member.generationId ?? -1;
}
