import { LanewiseError } from '../errors/lanewise-error.ts';
import { formatPosition } from '../event/topic-partition.ts';
import type { Lane } from '../lanes/lane.ts';
import { type TimeBudget, withinBudget } from '../lanes/time-budget.ts';
import { FAILED } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordFailure } from '../telemetry/record-failure.ts';
import { checkpointError, isTableError } from './checkpoint-error.ts';
import type { CheckpointState } from './checkpoint-state.ts';
import type { TopicPartition } from './checkpoint-store.ts';
import { type LaneLedger, type LedgerRun, type Ledgers, laneLedger } from './lane-ledger.ts';

/**
 * Reads what is done of a batch's topic-partitions. A lane of which it could not be read says that it failed and gets no ledger: nothing of it
 * may be handled.
 *
 * @throws LanewiseError CHECKPOINT_TABLE
 */
export async function openLedgers(
  lanes: readonly Lane[],
  run: LedgerRun,
  budget: TimeBudget,
): Promise<Ledgers> {
  const filled = lanes.filter((lane) => lane.records.length > 0);
  const partitions = filled.map(partitionOf);
  const states = await readWithin(partitions, run, budget);
  const ledgers = new Map<Lane, LaneLedger>();
  for (const [index, lane] of filled.entries()) {
    const [partition, state] = [partitions[index], states[index]];
    if (partition === undefined || state === undefined) failLane(lane, run, noState(lane));
    else if (state instanceof Error) failLane(lane, run, state);
    else ledgers.set(lane, laneLedger(lane, partition, { state, run }));
  }
  return ledgers;
}

type Read = CheckpointState | Error;

/** What could not be read is an error in its place. */
async function readWithin(
  partitions: readonly TopicPartition[],
  run: LedgerRun,
  budget: TimeBudget,
): Promise<readonly Read[]> {
  let states: readonly Read[] | undefined;
  try {
    const reading = run.store.readMany(partitions).then((read) => {
      states = read;
    });
    await withinBudget(reading, budget, run.timer);
  } catch (error) {
    if (isTableError(error)) throw error;
    return partitions.map(() =>
      error instanceof Error ? error : new Error('the store threw what is no error'),
    );
  }
  return states ?? partitions.map(() => timeWasUp());
}

function timeWasUp(): LanewiseError {
  return new LanewiseError('CHECKPOINT_FAILED', 'the checkpoint could not be read before the time was up');
}

function noState({ key }: Lane): LanewiseError {
  return new LanewiseError('CHECKPOINT_FAILED', `the store of the checkpoint gave no state for ${key}`);
}

function partitionOf({ records: [first] }: Lane): TopicPartition {
  return { topic: first?.topic ?? '', partition: first?.partition ?? 0 };
}

/** What is done is not known, so nothing may be handled. */
function failLane(lane: Lane, { observer }: LedgerRun, error: unknown): void {
  lane.outcomes[0] = FAILED;
  const [first] = lane.records;
  if (first === undefined) return;
  notify(observer, 'recordFailed', recordFailure(first, checkpointError(error, formatPosition(first))));
}
