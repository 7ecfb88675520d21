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
  readonly configs: Readonly<Record<string, string>>;
  /** Configs that the template set before and sets no more: they fall back to the cluster's default. */
  readonly droppedConfigs: readonly string[];
}

/** The topic after the change. */
export interface TopicOutcome {
  readonly steps: readonly string[];
}
