import { LanewiseError } from '../errors/lanewise-error.ts';
import { formatPosition } from '../event/topic-partition.ts';
import type { Lane } from '../lanes/lane.ts';
import { type TimeBudget, withinBudget } from '../lanes/time-budget.ts';
import { FAILED } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordFailure } from '../telemetry/record-failure.ts';
import type { TopicPartition } from './checkpoint-store.ts';
import { type LaneLedger, type LedgerRun, type Ledgers, laneLedger } from './lane-ledger.ts';
import { checkpointError } from './settle-entry.ts';

/**
 * Reads what is done of a batch's topic-partitions. `undefined` when it could not be read: then nothing may be handled, and the lanes say that
 * they failed.
 *
 * @throws LanewiseError CHECKPOINT_TABLE
 */
export async function openLedgers(
  lanes: readonly Lane[],
  run: LedgerRun,
  budget: TimeBudget,
): Promise<Ledgers | undefined> {
  const filled = lanes.filter((lane) => lane.records.length > 0);
  try {
    return await readWithin(filled, run, budget);
  } catch (error) {
    if (error instanceof LanewiseError && error.code === 'CHECKPOINT_TABLE') throw error;
    for (const lane of filled) failLane(lane, run, error);
    return undefined;
  }
}

async function readWithin(lanes: readonly Lane[], run: LedgerRun, budget: TimeBudget): Promise<Ledgers> {
  let ledgers: Ledgers | undefined;
  const reading = readLedgers(lanes, run).then((read) => {
    ledgers = read;
  });
  await withinBudget(reading, budget, run.timer);
  // The compiler does not see that the callback has run.
  const read = ledgers as Ledgers | undefined;
  if (read === undefined) {
    throw new LanewiseError('CHECKPOINT_FAILED', 'the checkpoint could not be read before the time was up');
  }
  return read;
}

async function readLedgers(lanes: readonly Lane[], run: LedgerRun): Promise<Ledgers> {
  const partitions = lanes.map(partitionOf);
  const states = await run.store.readMany(partitions);
  const ledgers = new Map<Lane, LaneLedger>();
  for (const [index, lane] of lanes.entries()) {
    const [partition, state] = [partitions[index], states[index]];
    if (partition === undefined || state === undefined) {
      throw new LanewiseError('CHECKPOINT_FAILED', `the store gave no state for ${lane.key}`);
    }
    ledgers.set(lane, laneLedger(lane, partition, { state, run }));
  }
  return ledgers;
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
