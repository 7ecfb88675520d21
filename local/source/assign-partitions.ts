/**
 * Shares partitions out among the members of a group, as even as possible, and moves as few as possible
 * (what Kafka calls cooperative sticky). Each member is what it holds now; those who hold more come first
 * for the partitions that cannot be shared out evenly, then the order of the members decides.
 */
export function assignPartitions(
  partitions: readonly number[],
  members: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const least = Math.floor(partitions.length / members.length);
  const shares = keptShares(partitions, members, least);
  const kept = new Set(shares.flat());
  const free = partitions.filter((partition) => !kept.has(partition));
  let next = 0;
  const give = (share: number[], count: number) => {
    const given = free.slice(next, next + count);
    next += given.length;
    share.push(...given);
  };
  for (const share of shares) {
    give(share, Math.max(0, least - share.length));
  }
  for (const share of shares) {
    give(share, share.length === least ? 1 : 0);
  }
  return shares.map((share) => share.sort((one, other) => one - other));
}

function keptShares(
  partitions: readonly number[],
  members: readonly (readonly number[])[],
  least: number,
): number[][] {
  const existing = new Set(partitions);
  let larger = partitions.length % members.length;
  return members.map((held) => {
    const kept = held.filter((partition) => existing.has(partition));
    const oneMore = kept.length > least && larger > 0;
    larger -= oneMore ? 1 : 0;
    return kept.slice(0, least + (oneMore ? 1 : 0));
  });
}
