import { LanewiseError } from '../errors/lanewise-error.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { runCheckpointed } from './run-checkpointed.ts';

export interface CheckpointOptions {
  /**
   * After how many failed attempts a record is parked, whatever its error. Needs a `park`, and counts what the checkpoint knows of: not attempts that ended with
   * their environment, and of two side by side one. @default never
   */
  readonly parkAfter?: number;
  /** How many intervals of offsets are remembered of earlier batches; the oldest are forgotten. @default 128 */
  readonly limit?: number;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

/**
 * A checkpoint over a store of your own. `dynamodbCheckpoint` is this over DynamoDB.
 *
 * @throws LanewiseError INVALID_OPTION
 */
export function checkpointOn(store: CheckpointStore, options: CheckpointOptions = {}): Checkpoint {
  const { limit = 128, now = Date.now, parkAfter = Number.POSITIVE_INFINITY } = options;
  checkCount('limit', limit);
  if (options.parkAfter !== undefined) checkCount('parkAfter', parkAfter);
  const setting = { store, limit, now, parkAfter };
  return { runLanes: (lanes, run, timer) => runCheckpointed(lanes, run, { ...setting, timer }) };
}

function checkCount(option: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new LanewiseError(
    'INVALID_OPTION',
    `the option ${option} of the checkpoint is ${value}, expected a whole number from 1`,
  );
}
