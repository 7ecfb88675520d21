import { isPromiseLike } from '../decode/promise-like.ts';
import type { KafkaEventRecord } from '../event/kafka-event.ts';
import { DONE, FAILED, type RecordOutcome } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordTime } from '../telemetry/record-failure.ts';
import { checkResult } from './check-result.ts';
import type { Lane } from './lane.ts';
import { claim, firstWaiting, type Queue, queueOf } from './queue.ts';
import type { Run } from './run.ts';
import { type Attempt, failRecord, mayStart, type Started, startRecord } from './run-record.ts';
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

/**
 * One loop over records. Where `handle` or a codec gave a promise it goes on when that is settled, by two callbacks for all records: an `await` would
 * make two closures for each.
 */
function work<Value, Key>(queue: Queue, attempt: Attempt<Value, Key>, run: Run<Value, Key>): Promise<void> {
  let sequence: Sequence | undefined;
  let index = 0;
  return new Promise((resolve, reject) => {
    const end = (outcome: RecordOutcome) => {
      conclude(sequence as Sequence, index, outcome, run);
      attempt.raw = undefined;
    };
    const fail = (error: unknown) => {
      if (attempt.raw)
        failRecord(attempt as Started, error, run)
          .then(end)
          .then(goOn, reject);
      // Not of a record: `context` could not tell the time.
      else reject(error);
    };
    const goOn = (pending?: unknown) => {
      try {
        for (;;) {
          if (attempt.raw) {
            checkResult(pending);
            end(DONE);
          }
          sequence = nextSequence(queue, sequence, run);
          if (!sequence) return resolve();
          index = takeIndex(sequence);
          pending = startRecord(attempt, sequence.lane.records[index] as KafkaEventRecord, run);
          if (isPromiseLike(pending)) return void Promise.resolve(pending).then(goOn, fail);
        }
      } catch (error) {
        fail(error);
      }
    };
    goOn();
  });
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
  from.lane.outcomes[index] = outcome;
  if (outcome === FAILED && run.ordering !== 'none') from.stopped = true;
  if (outcome === DONE && run.observer?.recordDone) {
    notify(run.observer, 'recordDone', recordTime(from.lane.records[index] as KafkaEventRecord));
  }
}
