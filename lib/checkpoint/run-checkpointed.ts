import type { Lane } from '../lanes/lane.ts';
import type { Run } from '../lanes/run.ts';
import { runLanes } from '../lanes/run-lanes.ts';
import { failRecord } from '../lanes/run-record.ts';
import { type Timer, withinBudget } from '../lanes/time-budget.ts';
import { finalError } from './attempts.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { workCheckpointed } from './checkpointed-worker.ts';
import { drain } from './drain.ts';
import type { LedgerRun, Ledgers } from './lane-ledger.ts';
import { openLedgers } from './open-ledgers.ts';

export interface CheckpointSetting {
  readonly store: CheckpointStore;
  readonly limit: number;
  readonly now: () => number;
  readonly parkAfter: number;
  readonly timer: Timer;
}

/**
 * Reads what is done, runs what is not, and writes what was done. The time before the answer is shared: running records may end in the first half of the
 * margin, and writes in the half after that.
 */
export async function runCheckpointed<Value, Key>(
  lanes: readonly Lane[],
  run: Run<Value, Key>,
  setting: CheckpointSetting,
): Promise<void> {
  const ledgerRun = ledgerRunOf(run, setting);
  const ledgers = await openLedgers(lanes, ledgerRun, run.budget);
  const work: Run<Value, Key>['work'] = (queue, attempt, own) =>
    workCheckpointed(queue, attempt, { run: own, ledgers });
  await runLanes([...ledgers.keys()], { ...run, work }, setting.timer);
  await finish(ledgers, run, setting.timer);
  ledgerRun.closed = true;
  if (ledgerRun.fatal !== undefined) throw ledgerRun.fatal;
}

function ledgerRunOf<Value, Key>(run: Run<Value, Key>, setting: CheckpointSetting): LedgerRun {
  const { parkAfter, timer } = setting;
  const ledgerRun: LedgerRun = {
    ...setting,
    ordering: run.ordering,
    observer: run.observer,
    pause: (milliseconds) => new Promise<void>((resolve) => void timer(resolve, milliseconds)),
    fail: ({ raw, record, attempt }, error) => {
      const last = finalError(error, { attempt, parkAfter, position: raw });
      return failRecord({ raw, record }, last, {
        park: run.park,
        observer: run.observer,
        closed: ledgerRun.closed,
      });
    },
    closed: false,
    fatal: undefined,
  };
  return ledgerRun;
}

/** A record that is still running has failed, as far as its next attempt is concerned. */
async function finish<Value, Key>(ledgers: Ledgers, run: Run<Value, Key>, timer: Timer): Promise<void> {
  for (const ledger of ledgers.values()) {
    for (const [offset, attempt] of ledger.running) ledger.failed.set(offset, attempt);
  }
  const rest = Promise.all(Array.from(ledgers.values(), (ledger) => drain(ledger, 'all')));
  await withinBudget(rest, { ...run.budget, answerAt: run.budget.answerAt / 2 }, timer);
}
