import type { Consumer } from '@platformatic/kafka';
import { PartitionLostError } from '../record-source.ts';
import type { GroupMembership } from './group-membership.ts';
import { isPassing, isRejoining } from './kafka-errors.ts';
import { keepTrying } from './keep-trying.ts';

export interface Committer {
  readonly topic: string;
  readonly group: string;
  readonly membership: GroupMembership;
  readonly quick: Consumer;
  readonly left: AbortController;
}

const commitForMs = 20_000;

/**
 * Commits in the name of the member. A rebalance that is under way is waited for: what the member keeps through it is
 * committed then, what it loses is not.
 */
export async function commitOffsets(
  committer: Committer,
  offsets: ReadonlyMap<number, number>,
): Promise<void> {
  const { topic, membership, quick, left } = committer;
  const tenures = new Map([...offsets.keys()].map((partition) => [partition, membership.tenure(partition)]));
  const toCommit = [...offsets].map(([partition, offset]) => ({
    topic,
    partition,
    offset: BigInt(offset),
    leaderEpoch: -1,
  }));
  const send = async () => {
    requireTenures(committer, tenures);
    quick.memberId = membership.memberId();
    quick.generationId = membership.generationId();
    await quick.commit({ offsets: toCommit });
  };
  await keepTrying(send, {
    isPassing: (error) => isPassing(error) || isRejoining(error),
    forMs: commitForMs,
    signal: left.signal,
  });
}

function requireTenures(
  { topic, group, membership }: Committer,
  tenures: ReadonlyMap<number, object | undefined>,
): void {
  for (const [partition, tenure] of tenures) {
    if (tenure === undefined || membership.tenure(partition) !== tenure) {
      throw new PartitionLostError(topic, partition, group);
    }
  }
}
