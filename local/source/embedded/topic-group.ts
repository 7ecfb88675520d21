import { assignPartitions } from '../assign-partitions.ts';
import type { GroupListener } from '../record-source.ts';

/** One consumer group on one topic: who is in it, who reads what, and how far it has come. */
export interface TopicGroup {
  readonly name: string;
  readonly members: Membership[];
  /** Partition to the offset of the next record to read. */
  readonly committed: Map<number, number>;
}

export interface Membership {
  readonly listener: GroupListener;
  held: ReadonlySet<number>;
  /** Fetches of this member that wait for a record. */
  readonly waiting: Set<() => void>;
}

export function topicGroup(name: string): TopicGroup {
  return { name, members: [], committed: new Map() };
}

/**
 * Shares the partitions out anew. Losers are told before gainers, and only what moves is told; `joining`, who holds
 * nothing yet, is told its share even when it is empty.
 */
export function rebalance(group: TopicGroup, partitions: readonly number[], joining?: Membership): void {
  const members = [...group.members];
  const shares =
    members.length === 0
      ? []
      : assignPartitions(
          partitions,
          members.map((member) => [...member.held]),
        );
  const changes = members.map((member, index) => changeOf(member, new Set(shares[index])));
  for (const { member, lost } of changes) {
    if (lost.length > 0) {
      member.listener.revoked(lost);
    }
  }
  for (const { member, gained } of changes) {
    if (gained.length > 0 || member === joining) {
      member.listener.assigned(gained);
    }
  }
}

interface Change {
  readonly member: Membership;
  readonly lost: readonly number[];
  readonly gained: readonly number[];
}

function changeOf(member: Membership, share: ReadonlySet<number>): Change {
  const lost = [...member.held].filter((partition) => !share.has(partition));
  const gained = [...share].filter((partition) => !member.held.has(partition));
  member.held = share;
  return { member, lost, gained };
}
