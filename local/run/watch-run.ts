import { setTimeout as sleep } from 'node:timers/promises';
import { parkedKey } from '../report/live-table.ts';
import type { Progress } from '../report/progress.ts';
import type { SetAsideRecord } from '../report/run-report.ts';
import { parkedRecords } from './collect-report.ts';
import type { OpenRun } from './open-run.ts';

export interface Watch {
  readonly progress: Progress;
  /** Ends the watch before the lanes are drained. */
  readonly signal: AbortSignal;
  /** Whether it ends when all lanes are drained; otherwise it stays for more records. */
  readonly once: boolean;
  /** Until it resolves, more records come by themselves. When it rejects, so does the watch. */
  readonly written?: Promise<unknown>;
}

const drawEvery = 250;
/** Reading the parking queue hides its documents for a moment, so it is read less often than the screen is drawn. */
const readParkedEvery = 8;

/** Shows the run until it is done, or until it is told to end. */
export async function watchRun(open: OpenRun, watch: Watch): Promise<void> {
  let parked: ReadonlyMap<string, number> = new Map();
  let drainedBefore = false;
  const writing = follow(watch.written);
  for (let round = 0; !watch.signal.aborted; round += 1) {
    const drained = writing.ended() && open.run.drained();
    if (round % readParkedEvery === readParkedEvery - 1 || (drained && !drainedBefore))
      parked = countParked(await parkedRecords(open));
    watch.progress.update(open.run.statuses(), parked);
    // Twice: a mapping that has just begun has nothing to do yet.
    if (drained && drainedBefore && watch.once) return;
    drainedBefore = drained;
    await sleep(drawEvery, undefined, { signal: watch.signal }).catch(() => {});
  }
}

/** @returns whether it has ended, or throws why it has failed. */
function follow(work: Promise<unknown> = Promise.resolve()): { ended(): boolean } {
  let state: 'open' | 'ended' | { readonly error: unknown } = 'open';
  work.then(
    () => {
      state = 'ended';
    },
    (error: unknown) => {
      state = { error };
    },
  );
  return {
    ended: () => {
      if (typeof state === 'object') throw state.error;
      return state === 'ended';
    },
  };
}

function countParked(records: readonly SetAsideRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { consumer, partition } of records) {
    const key = parkedKey(consumer, partition);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
