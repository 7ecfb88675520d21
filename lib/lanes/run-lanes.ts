import { isPromiseLike } from '../decode/promise-like.ts';
import { DONE, FAILED, type RecordOutcome } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordTime } from '../telemetry/record-failure.ts';
import { checkResult } from './check-result.ts';
import type { Lane } from './lane.ts';
import { claim, firstWaiting, type Queue, queueOf } from './queue.ts';
import type { Run } from './run.ts';
import { type Attempt, failRecord, mayStart, startRecord } from './run-record.ts';
import { hasNext, type Sequence, takeIndex } from './sequence.ts';
import { type Timer, withinBudget } from './time-budget.ts';

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
  while (workers.length < run.concurrency && firstWaiting(queue) && mayStart(run)) {
    const attempt: Attempt<Value, Key> = { raw: undefined, record: undefined };
    attempts.push(attempt);
    workers.push((run.work ?? work)(queue, attempt, run));
  }
  try {
    // Where every `handle` was synchronous all is done by now, and no timer is needed.
    if (run.work || attempts.some(({ raw }) => raw))
      await withinBudget(Promise.all(workers), run.budget, timer);
  } finally {
    close(attempts, run);
  }
}

function close<Value, Key>(attempts: readonly Attempt<Value, Key>[], run: Run<Value, Key>): void {
  run.closed = true;
  for (const { raw } of attempts) {
    if (!raw) continue;
    // Once would do; again changes nothing.
    run.abort();
    notify(run.observer, 'recordTimedOut', recordTime(raw));
  }
}

/** One loop over records, with one `await` for each that needs it: a promise a worker, none of ours a record. */
async function work<Value, Key>(
  queue: Queue,
  attempt: Attempt<Value, Key>,
  run: Run<Value, Key>,
): Promise<void> {
  let sequence: Sequence | undefined;
  for (;;) {
    sequence = nextSequence(queue, sequence, run);
    if (!sequence) return;
    const index = takeIndex(sequence);
    const raw = sequence.lane.records[index];
    if (!raw) continue;
    try {
      const pending = startRecord(attempt, raw, run);
      checkResult(isPromiseLike(pending) ? await pending : pending);
      conclude(sequence, index, DONE, run);
    } catch (error) {
      conclude(sequence, index, await failRecord({ ...attempt, raw }, error, run), run);
    }
    attempt.raw = undefined;
  }
}

export function nextSequence<Value, Key>(
  queue: Queue,
  current: Sequence | undefined,
  run: Run<Value, Key>,
): Sequence | undefined {
  if (!mayStart(run)) return undefined;
  return current && hasNext(current) ? current : claim(queue);
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
  if (outcome === DONE && raw && observer?.recordDone) {
    notify(observer, 'recordDone', recordTime(raw));
  }
}
