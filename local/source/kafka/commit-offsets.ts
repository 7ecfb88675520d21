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
  const { topic, group, membership, quick, left } = committer;
  const tenures = new Map([...offsets.keys()].map((partition) => [partition, membership.tenure(partition)]));
  const isLost = (partition: number) => {
    const tenure = tenures.get(partition);
    return tenure === undefined || membership.tenure(partition) !== tenure;
  };
  const send = async () => {
    const kept = [...offsets].filter(([partition]) => !isLost(partition));
    if (kept.length > 0) {
      quick.memberId = membership.memberId();
      quick.generationId = membership.generationId();
      await quick.commit({
        offsets: kept.map(([partition, offset]) => offsetToCommit(topic, partition, offset)),
      });
    }
    const lost = [...offsets.keys()].find(isLost);
    if (lost !== undefined) {
      throw new PartitionLostError(topic, lost, group);
    }
  };
  await keepTrying(send, {
    isPassing: (error) => isPassing(error) || isRejoining(error),
    forMs: commitForMs,
    signal: left.signal,
  });
}

function offsetToCommit(topic: string, partition: number, offset: number) {
  return { topic, partition, offset: BigInt(offset), leaderEpoch: -1 };
}
