import { isPromiseLike } from '../decode/promise-like.ts';
import { DONE, FAILED, type RecordOutcome } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordTime } from '../telemetry/record-failure.ts';
import type { Lane } from './lane.ts';
import { claim, firstWaiting, type Queue, queueOf } from './queue.ts';
import type { Run } from './run.ts';
import { type Attempt, failRecord, startRecord } from './run-record.ts';
import { hasNext, type Sequence, takeIndex } from './sequence.ts';
import { mayStartRecord, type Timer, withinBudget } from './time-budget.ts';

/**
 * Runs the records until all are through or the time is up, and leaves in each lane what became of them. A call that is
 * still running then is not waited for: its record, and in order everything behind it, stays unfinished.
 */
export async function runLanes<Value, Key>(
  lanes: readonly Lane[],
  run: Run<Value, Key>,
  timer: Timer,
): Promise<void> {
  const queue = queueOf(lanes, run.ordering);
  const attempts: Attempt<Value, Key>[] = [];
  const workers: Promise<void>[] = [];
  while (workers.length < run.concurrency && firstWaiting(queue) !== undefined && mayStart(run)) {
    const attempt: Attempt<Value, Key> = { raw: undefined, record: undefined };
    attempts.push(attempt);
    workers.push(work(queue, attempt, run));
  }
  try {
    // Where every `handle` was synchronous all is done by now, and no timer is needed.
    if (attempts.some(isBusy)) await withinBudget(Promise.all(workers), run.budget, timer);
  } finally {
    close(attempts, run);
  }
}

function close<Value, Key>(attempts: readonly Attempt<Value, Key>[], run: Run<Value, Key>): void {
  run.closed = true;
  if (attempts.some(isBusy)) run.abort();
  for (const { raw } of attempts) {
    if (raw !== undefined) notify(run.observer, 'recordTimedOut', recordTime(raw));
  }
}

function isBusy({ raw }: { readonly raw: unknown }): boolean {
  return raw !== undefined;
}

/** One loop over records, with one `await` for each that needs it: a promise a worker, none of ours a record. */
async function work<Value, Key>(
  queue: Queue,
  attempt: Attempt<Value, Key>,
  run: Run<Value, Key>,
): Promise<void> {
  let sequence = next(queue, undefined, run);
  for (; sequence !== undefined; sequence = next(queue, sequence, run)) {
    const index = takeIndex(sequence);
    const raw = sequence.lane.records[index];
    if (raw === undefined) continue;
    try {
      const pending = startRecord(attempt, raw, run);
      if (isPromiseLike(pending)) await pending;
      conclude(sequence, index, DONE, run);
    } catch (error) {
      conclude(sequence, index, await failRecord({ raw, record: attempt.record }, error, run), run);
    }
    attempt.raw = undefined;
  }
}

function next<Value, Key>(
  queue: Queue,
  current: Sequence | undefined,
  run: Run<Value, Key>,
): Sequence | undefined {
  if (!mayStart(run)) return undefined;
  return current !== undefined && hasNext(current) ? current : claim(queue);
}

function mayStart<Value, Key>(run: Run<Value, Key>): boolean {
  return !run.closed && mayStartRecord(run.budget);
}

function conclude<Value, Key>(
  from: Sequence,
  index: number,
  outcome: RecordOutcome,
  run: Run<Value, Key>,
): void {
  if (run.closed) return;
  const { ordering, observer } = run;
  from.lane.outcomes[index] = outcome;
  if (outcome === FAILED && ordering !== 'none') from.stopped = true;
  const raw = from.lane.records[index];
  if (outcome === DONE && raw !== undefined && observer?.recordDone !== undefined) {
    notify(observer, 'recordDone', recordTime(raw));
  }
}
