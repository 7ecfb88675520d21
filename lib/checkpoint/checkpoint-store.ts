import type { EffectWrite } from '../effects/effect-write.ts';
import type { CheckpointState } from './checkpoint-state.ts';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** One conditional write of a topic-partition's state. */
export interface CheckpointChange {
  readonly partition: TopicPartition;
  readonly state: CheckpointState;
  /** The version that has to be there for the write to happen; 0 when nothing may be there. */
  readonly expected: number;
}

/** Why one effect was refused. */
export interface ConditionReason {
  /** DynamoDB's cancellation code, such as `ConditionalCheckFailed`. */
  readonly code: string;
  /** The item as it was, in plain values, when the write has `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. */
  readonly item?: Readonly<Record<string, unknown>> | undefined;
}

/** What became of a transaction. Everything but `written` means that nothing was written. */
export type CommitResult =
  | { readonly kind: 'written' }
  /** The version is another one. */
  | { readonly kind: 'conflict' }
  /** A throttle, or another transaction at the same items: a moment later it may work. */
  | { readonly kind: 'busy'; readonly error: unknown }
  /** Conditions of effects do not hold: by the effect's place in the change. */
  | { readonly kind: 'conditions'; readonly failed: ReadonlyMap<number, ConditionReason> }
  /** The store does not take the request as it is. `at` is empty when it does not say which effects are to blame. */
  | { readonly kind: 'refused'; readonly at: ReadonlySet<number>; readonly error: unknown };

/** How much one transaction takes besides the checkpoint's own write. */
export interface TransactionLimits {
  readonly effects: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * Where checkpoints are kept: what `checkpointOn` asks of a database. Reads have to see all writes that ended before, and a write has to
 * happen as a whole, or not, with its condition.
 *
 * What a method throws fails the records of the topic-partitions in question; a `LanewiseError` CHECKPOINT_TABLE, a mistake of configuration, fails the
 * whole invocation.
 */
export interface CheckpointStore {
  /** The states in the order of `partitions`; `emptyState` for what is not there, and an error in place of one that cannot be used. */
  readonly readMany: (partitions: readonly TopicPartition[]) => Promise<readonly (CheckpointState | Error)[]>;
  /** `conflict`: the version is another one. `busy`: a moment later it may work. */
  readonly write: (change: CheckpointChange) => Promise<'written' | 'conflict' | 'busy'>;
  /** Left out by a store that cannot write effects along. */
  readonly transactions?: {
    readonly limits: TransactionLimits;
    /** Bytes that the effect takes, rather too many than too few. */
    readonly sizeOf: (effect: EffectWrite) => number;
    /** The same text for effects on the same item; `undefined` when it cannot be told. */
    readonly itemOf: (effect: EffectWrite) => string | undefined;
    readonly commit: (change: CheckpointChange, effects: readonly EffectWrite[]) => Promise<CommitResult>;
  };
}
