import type { Base } from '@platformatic/kafka';
import { isUnknownTopic } from './kafka-errors.ts';
import { type TopicMetadata, topicMetadata } from './topic-metadata.ts';

export interface TopicWatchOptions {
  readonly client: Base;
  readonly topic: string;
  /** The topic has more partitions than before. */
  readonly onGrown: () => void;
  readonly onDeleted: () => void;
  /** A topic of the same name exists after it was deleted. */
  readonly onCreatedAnew: () => void;
}

const intervalMs = 2_000;

/** Looks after what happens to a topic while it is read. Returns what ends the watch. */
export function watchTopic(options: TopicWatchOptions): () => void {
  const watch: Watch = { options, known: undefined, deleted: false };
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const again = () => {
    timer = ended ? undefined : setTimeout(() => void look(watch).finally(again), intervalMs);
  };
  again();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

interface Watch {
  readonly options: TopicWatchOptions;
  known: TopicMetadata | undefined;
  deleted: boolean;
}

async function look(watch: Watch): Promise<void> {
  const { client, topic } = watch.options;
  try {
    notice(watch, await topicMetadata(client, topic, true));
  } catch (error) {
    // A broker that has just started may not know the topic yet: only two in a row are believed.
    const gone = isUnknownTopic(error) && (await isGoneStill(client, topic));
    if (gone && !watch.deleted) {
      watch.deleted = true;
      watch.options.onDeleted();
    }
  }
}

async function isGoneStill(client: Base, topic: string): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, intervalMs / 2));
  return topicMetadata(client, topic, true).then(() => false, isUnknownTopic);
}

function notice(watch: Watch, now: TopicMetadata): void {
  const before = watch.known;
  watch.known = now;
  const another = before !== undefined && before.id !== now.id;
  if (another && !watch.deleted) {
    watch.options.onDeleted();
  }
  if (another || watch.deleted) {
    watch.deleted = false;
    watch.options.onCreatedAnew();
  }
  if (before !== undefined && now.leaders.length > before.leaders.length) {
    watch.options.onGrown();
  }
}
