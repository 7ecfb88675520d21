import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { type CheckpointOptions, checkpointOn } from '../checkpoint/checkpoint-on.ts';
import { type CheckpointState, emptyState } from '../checkpoint/checkpoint-state.ts';
import type {
  CheckpointChange,
  CheckpointStore,
  ConditionReason,
  TopicPartition,
} from '../checkpoint/checkpoint-store.ts';
import type { EffectWrite } from '../effects/effect-write.ts';
import { topicPartition } from '../event/topic-partition.ts';

export interface MemoryCheckpointOptions extends CheckpointOptions {
  /** A list to which the effects that `handle` returns are added, those of a transaction at once. */
  readonly effects?: EffectWrite[];
  /** Whether the condition of an effect does not hold. No expression is evaluated: this decides. @default none */
  readonly conditionFails?: (effect: EffectWrite) => boolean;
}

/**
 * A checkpoint in memory, for tests of a consumer that has one: what is done is skipped when it comes again, and effects are applied with it or not at
 * all. What it remembers goes with it, so each test makes its own.
 *
 * @throws LanewiseError INVALID_OPTION
 */
export function memoryCheckpoint(options: MemoryCheckpointOptions = {}): Checkpoint {
  const { effects = [], conditionFails = () => false, ...rest } = options;
  return checkpointOn(memoryStore(effects, conditionFails), rest);
}

/** Each method does all it does at once, so that no two of them meet. */
function memoryStore(
  applied: EffectWrite[],
  conditionFails: (effect: EffectWrite) => boolean,
): CheckpointStore {
  const states = new Map<string, CheckpointState>();
  const stateOf = (partition: TopicPartition) => states.get(nameOf(partition)) ?? emptyState;
  const put = ({ partition, state, expected }: CheckpointChange) => {
    if (stateOf(partition).version !== expected) return false;
    states.set(nameOf(partition), state);
    return true;
  };
  return {
    readMany: async (partitions) => partitions.map(stateOf),
    write: async (change) => (put(change) ? 'written' : 'conflict'),
    transactions: {
      limits: { effects: 99, size: 3_500_000 },
      sizeOf: (effect) => JSON.stringify(effect).length,
      itemOf: () => undefined,
      commit: async (change, effects) => {
        if (stateOf(change.partition).version !== change.expected) return { kind: 'conflict' };
        const failed = refusals(effects, conditionFails);
        if (failed.size > 0) return { kind: 'conditions', failed };
        put(change);
        applied.push(...effects);
        return { kind: 'written' };
      },
    },
  };
}

function refusals(
  effects: readonly EffectWrite[],
  conditionFails: (effect: EffectWrite) => boolean,
): ReadonlyMap<number, ConditionReason> {
  return new Map(
    effects.flatMap((effect, place) =>
      conditionFails(effect) ? [[place, { code: 'ConditionalCheckFailed' }] as const] : [],
    ),
  );
}

function nameOf({ topic, partition }: TopicPartition): string {
  return topicPartition(topic, partition);
}
