import type { TopicState, TopicWish } from './topic-request.ts';

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
 * @param state the topic as it is; `undefined` when there is none
 * @throws Error when the wish has fewer partitions or another replication factor: a topic keeps both
 */
export function planTopic(state: TopicState | undefined, wish: TopicWish): readonly TopicStep[] {
  if (wish.state === 'absent') return state === undefined ? [] : [{ kind: 'delete' }];
  if (state === undefined) return [{ kind: 'create' }];
  refuseImpossible(state, wish);
  const alters = Object.keys(wish.configs).length > 0 || wish.droppedConfigs.length > 0;
  return [
    ...(state.partitions < wish.partitions ? [{ kind: 'add-partitions', to: wish.partitions } as const] : []),
    ...(alters ? [{ kind: 'alter-configs', set: wish.configs, drop: wish.droppedConfigs } as const] : []),
  ];
}

function refuseImpossible({ partitions, copies }: TopicState, wish: TopicWish): void {
  if (partitions > wish.partitions && !wish.rollback)
    throw new Error(
      `topic ${wish.name} has ${partitions} partitions and Kafka cannot take any away, got ${wish.partitions}: ` +
        `set partitions to ${partitions} or more, or write to a new topic`,
    );
  if (wish.copiesChanged && copies !== wish.replicationFactor)
    throw new Error(
      `topic ${wish.name} has ${copies} copies and keeps them, got replicationFactor ${wish.replicationFactor}: ` +
        `set it back to ${copies}, or write to a new topic`,
    );
}
