/**
 * The port through which a mapping reads a topic. Two adapters: the embedded source (in memory) and Kafka.
 * Nothing else in local/ knows which one it talks to.
 */

export type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME';

export interface SourceRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}

/** A record to write. Without `partition`, Kafka's default partitioner (murmur2 of the key) chooses one. */
export interface ProducedRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: readonly (readonly [name: string, value: Buffer | null])[];
  readonly partition?: number;
  readonly timestamp?: number;
}

/** What one fetch of one partition brought. */
export interface Fetched {
  readonly partition: number;
  readonly records: readonly SourceRecord[];
  /** Where the next fetch starts: beyond the last record, and beyond gaps and control records. */
  readonly nextOffset: number;
  /** The partition's end offset (high watermark) as the broker told it with this fetch. */
  readonly endOffset: number;
}

/** Thrown by `fetch` when the offset asked for is not on the partition any more, or not yet. */
export class OffsetOutOfRangeError extends Error {
  readonly partition: number;
  readonly offset: number;

  constructor(topic: string, partition: number, offset: number) {
    super(`offset ${offset} is out of range in ${topic}-${partition}`);
    this.name = 'OffsetOutOfRangeError';
    this.partition = partition;
    this.offset = offset;
  }
}

/** Thrown by `commit` when the group has given a partition to another member: of that one nothing was committed. */
export class PartitionLostError extends Error {
  readonly partition: number;

  constructor(topic: string, partition: number, group: string) {
    super(`cannot commit: group ${group} has given the partition to another member at ${topic}-${partition}`);
    this.name = 'PartitionLostError';
    this.partition = partition;
  }
}

export interface FetchRequest {
  readonly partition: number;
  readonly offset: number;
  /** Upper bound of records to bring, a hint: an adapter may bring a whole record batch. */
  readonly maxRecords: number;
  readonly maxBytes: number;
  /** How long the source may wait for the first record. */
  readonly maxWaitMs: number;
}

export interface GroupListener {
  /**
   * The group gave these partitions to this member, beside those it holds. The first call, with what was assigned
   * (maybe nothing), comes before `join` resolves.
   */
  assigned(partitions: readonly number[]): void;
  /** These partitions belong to another member from now on, or the topic has lost them. */
  revoked(partitions: readonly number[]): void;
  /** The connection or the group failed in a way that the adapter goes on to mend by itself. */
  trouble(error: Error): void;
}

/** A member of a consumer group, reading one topic. */
export interface GroupMember {
  /** Committed offsets of the group; a partition without a commit is absent. */
  committed(partitions: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** Resolves an offset in each partition: the earliest, the latest (end), or the first at or after a time in epoch milliseconds. */
  offsets(
    partitions: readonly number[],
    at: 'earliest' | 'latest' | { readonly timestamp: number },
  ): Promise<ReadonlyMap<number, number>>;
  /** Records from an offset on. Waits up to `maxWaitMs`; resolves with no records when there are none. */
  fetch(request: FetchRequest): Promise<Fetched>;
  /**
   * Commits for the group: partition to the offset of the next record to read. When one of them is not this member's
   * any more, the others are committed, and it rejects with PartitionLostError.
   */
  commit(offsets: ReadonlyMap<number, number>): Promise<void>;
  /** Leaves the group, so that others take over at once. */
  leave(): Promise<void>;
}

export interface TopicDescription {
  readonly name: string;
  readonly partitions: readonly number[];
}

export interface RecordSource {
  readonly kind: 'embedded' | 'kafka';
  /** For the event's `bootstrapServers`. */
  readonly bootstrapServers: string;
  /** `undefined` when there is no such topic. */
  describeTopic(topic: string): Promise<TopicDescription | undefined>;
  createTopic(topic: string, partitions: number, configs?: Readonly<Record<string, string>>): Promise<void>;
  /** Writes in order; resolves with the position of each when the source has them. */
  produce(
    topic: string,
    records: readonly ProducedRecord[],
  ): Promise<readonly { readonly partition: number; readonly offset: number }[]>;
  join(topic: string, group: string, listener: GroupListener): Promise<GroupMember>;
  /** Earliest and end offset of each partition. */
  endOffsets(
    topic: string,
  ): Promise<ReadonlyMap<number, { readonly earliest: number; readonly end: number }>>;
  close(): Promise<void>;
}
