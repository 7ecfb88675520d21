/** Where a record is: `order-events-2@1042`. */
export interface RecordPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** `order-events-2`: the key that the event has for a topic-partition. Never to be split again: topics contain hyphens and digits. */
export function topicPartition(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/** `order-events-2@1042`. */
export function formatPosition(position: RecordPosition): string {
  return `${position.topic}-${position.partition}@${position.offset}`;
}
