import type { Lane } from '../lanes/lane.ts';
import type { Run } from '../lanes/run.ts';
import type { Timer } from '../lanes/time-budget.ts';

/**
 * Remembers what a consumer group has done, so that a record that comes again is not handled again: `dynamodbCheckpoint`, or
 * `checkpointOn` for a store of your own.
 */
export interface Checkpoint {
  /**
   * In place of the pipeline's own `runLanes`, so that a function without a checkpoint carries nothing of it.
   *
   * @throws LanewiseError CHECKPOINT_TABLE
   */
  readonly runLanes: <Value, Key>(
    lanes: readonly Lane[],
    run: Run<Value, Key>,
    timer: Timer,
  ) => Promise<void>;
}
