import type { Base } from '@platformatic/kafka';
import { isUnknownTopic } from './kafka-errors.ts';
import { type TopicMetadata, topicMetadata } from './topic-metadata.ts';

export interface TopicWatchOptions {
  readonly client: Base;
  readonly topic: string;
  /** Told at each look how many partitions the topic has. */
  readonly onPartitions: (count: number) => void;
  readonly onDeleted: () => void;
  /** A topic of the same name exists after it was deleted. */
  readonly onCreatedAnew: () => void;
}

const intervalMs = 2_000;

/** Looks after what happens to a topic while it is read. Returns what ends the watch. */
export function watchTopic(options: TopicWatchOptions): () => void {
  const watch: Watch = { options, id: undefined, deleted: false, ended: false };
  let timer: NodeJS.Timeout | undefined;
  const lookOnAndOn = async () => {
    await look(watch);
    timer = watch.ended ? undefined : setTimeout(lookOnAndOn, intervalMs);
  };
  void lookOnAndOn();
  return () => {
    watch.ended = true;
    clearTimeout(timer);
  };
}

interface Watch {
  readonly options: TopicWatchOptions;
  id: string | undefined;
  deleted: boolean;
  /** Nobody wants to know any more, whatever a look that is under way finds. */
  ended: boolean;
}

async function look(watch: Watch): Promise<void> {
  const { client, topic, onDeleted } = watch.options;
  try {
    const found = await topicMetadata(client, topic, true);
    if (!watch.ended) notice(watch, found);
  } catch (error) {
    // A broker that has just started may not know the topic yet: only two in a row are believed.
    const gone = isUnknownTopic(error) && (await isGoneStill(client, topic));
    if (gone && !watch.deleted && !watch.ended) {
      watch.deleted = true;
      onDeleted();
    }
  }
}

async function isGoneStill(client: Base, topic: string): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, intervalMs / 2));
  return topicMetadata(client, topic, true).then(() => false, isUnknownTopic);
}

function notice(watch: Watch, { id, leaders }: TopicMetadata): void {
  const { onDeleted, onCreatedAnew, onPartitions } = watch.options;
  const another = watch.id !== undefined && watch.id !== id;
  if (another && !watch.deleted) {
    onDeleted();
  }
  if (another || watch.deleted) {
    onCreatedAnew();
  }
  watch.id = id;
  watch.deleted = false;
  onPartitions(leaders.length);
}
