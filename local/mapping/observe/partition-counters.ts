/** What happened to the records of a partition; kept when the partition moves to another member and back. */
export interface PartitionCounters {
  delivered: number;
  retried: number;
  succeeded: number;
  discarded: number;
  dropped: number;
  filtered: number;
  /** As last seen; -1 before that. */
  endOffset: number;
  committed: number;
}

export function createPartitionCounters(): PartitionCounters {
  return {
    delivered: 0,
    retried: 0,
    succeeded: 0,
    discarded: 0,
    dropped: 0,
    filtered: 0,
    endOffset: -1,
    committed: 0,
  };
}
