import type { TopicWish } from './topic-request.ts';

/** One change of a topic. */
export type TopicStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'add-partitions'; readonly to: number }
  | {
      readonly kind: 'alter-configs';
      readonly set: Readonly<Record<string, string>>;
      readonly drop: readonly string[];
    }
  | { readonly kind: 'delete' };

/**
 * The steps from what is there to what is wished for. Repeating them changes nothing, so that CloudFormation may.
 *
 * @param partitions how many the topic has; `undefined` when there is no such topic
 * @throws Error when the wish has fewer partitions: Kafka cannot take any away
 */
export function planTopic(partitions: number | undefined, wish: TopicWish): readonly TopicStep[] {
  if (wish.state === 'absent') return partitions === undefined ? [] : [{ kind: 'delete' }];
  if (partitions === undefined) return [{ kind: 'create' }];
  if (partitions > wish.partitions)
    throw new Error(
      `topic ${wish.name} has ${partitions} partitions and Kafka cannot take any away, got ${wish.partitions}: ` +
        `set partitions to ${partitions} or more, or write to a new topic`,
    );
  const alters = Object.keys(wish.configs).length > 0 || wish.droppedConfigs.length > 0;
  return [
    ...(partitions < wish.partitions ? [{ kind: 'add-partitions', to: wish.partitions } as const] : []),
    ...(alters ? [{ kind: 'alter-configs', set: wish.configs, drop: wish.droppedConfigs } as const] : []),
  ];
}
