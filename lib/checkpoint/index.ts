export { type CheckpointOptions, checkpointOn } from './checkpoint-on.ts';
export { type CheckpointState, emptyState } from './checkpoint-state.ts';
export type {
  CheckpointChange,
  CheckpointStore,
  CommitResult,
  ConditionReason,
  TopicPartition,
  TransactionLimits,
} from './checkpoint-store.ts';
export type { Interval, Intervals } from './intervals.ts';
