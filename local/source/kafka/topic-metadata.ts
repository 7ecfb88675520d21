import type { Base } from '@platformatic/kafka';

export interface TopicMetadata {
  /** Kafka's id of the topic: another one when the topic was deleted and created again. */
  readonly id: string;
  /** The broker that leads each partition, by partition. */
  readonly leaders: readonly number[];
}

/** What the cluster says about a topic, at most five seconds old unless `fresh`; rejects when there is no such topic. */
export async function topicMetadata(client: Base, topic: string, fresh = false): Promise<TopicMetadata> {
  const { topics } = await client.metadata({ topics: [topic], forceUpdate: fresh, retries: 0 });
  const found = topics.get(topic);
  if (found === undefined) {
    throw new Error(`Unknown topic ${topic}`);
  }
  return { id: found.id, leaders: found.partitions.map(({ leader }) => leader) };
}
