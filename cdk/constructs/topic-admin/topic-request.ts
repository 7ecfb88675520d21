/** What the provider asks of the admin beside the brokers. */
export interface TopicRequest {
  readonly bootstrapBrokers: readonly string[];
  readonly topic: TopicWish;
}

/** How a topic should be. */
export interface TopicWish {
  /** `absent` only when the template says that its records may go. */
  readonly state: 'present' | 'absent';
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Configs to set. On an update those that changed: Serverless takes some of them at the creation only. */
  readonly configs: Readonly<Record<string, string>>;
  /** Configs that the template set before and sets no more: they fall back to the cluster's default. */
  readonly droppedConfigs: readonly string[];
  /** Whether the template had another replication factor before. A topic that was there all along may have any. */
  readonly copiesChanged: boolean;
  /** Whether an update is taken back. What it added of partitions then stays. */
  readonly rollback: boolean;
}

/** A topic as it is. */
export interface TopicState {
  readonly partitions: number;
  readonly copies: number;
}

/** The topic after the change. */
export interface TopicOutcome {
  readonly steps: readonly string[];
}
