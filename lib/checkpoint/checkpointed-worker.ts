import { decodeRecord } from '../decode/decode-record.ts';
import { isPromiseLike } from '../decode/promise-like.ts';
import { isPermanent } from '../errors/permanent-error.ts';
import type { KafkaEventRecord } from '../event/kafka-event.ts';
import { timeIsUp } from '../lanes/handle-context.ts';
import type { Queue } from '../lanes/queue.ts';
import type { Run } from '../lanes/run.ts';
import { nextSequence } from '../lanes/run-lanes.ts';
import { type Attempt, failRecord, mayStart } from '../lanes/run-record.ts';
import { hasNext, type Sequence, takeIndex } from '../lanes/sequence.ts';
import { FAILED, PARKED } from '../outcome/record-outcome.ts';
import { admitRecord, attemptOf } from './admit-record.ts';
import { finalError } from './attempts.ts';
import { drain } from './drain.ts';
import type { LaneLedger, Ledgers } from './lane-ledger.ts';
import { resolveRecord } from './resolve-record.ts';

export interface CheckpointedRun<Value, Key> {
  readonly run: Run<Value, Key>;
  readonly ledgers: Ledgers;
}

interface Task<Value, Key> {
  /** Which attempt at the record it is. */
  readonly number: number;
  readonly run: Run<Value, Key>;
  readonly ledger: LaneLedger;
  readonly from: Sequence;
  readonly index: number;
  readonly raw: KafkaEventRecord;
  readonly attempt: Attempt<Value, Key>;
}

/** A worker of `runLanes` that asks the checkpoint before each record, and tells it after. */
export async function workCheckpointed<Value, Key>(
  queue: Queue,
  attempt: Attempt<Value, Key>,
  { run, ledgers }: CheckpointedRun<Value, Key>,
): Promise<void> {
  let from = nextSequence(queue, undefined, run);
  for (; from !== undefined; from = nextSequence(queue, from, run)) {
    const index = takeIndex(from);
    const raw = from.lane.records[index];
    const ledger = ledgers.get(from.lane);
    if (raw === undefined || ledger === undefined) continue;
    const number = attemptOf(ledger, raw.offset);
    if (admitRecord(ledger, from, index))
      await handleRecord({ run, ledger, from, index, raw, attempt, number });
    // In order, nothing of the lane is running any more. In the other orderings the end of the batch writes it.
    if (run.ordering === 'partition' && !hasNext(from)) await drain(ledger, 'all');
  }
}

async function handleRecord<Value, Key>(task: Task<Value, Key>): Promise<void> {
  const { attempt, from, index, ledger, raw } = task;
  attempt.raw = raw;
  attempt.record = undefined;
  ledger.running.set(raw.offset, task.number);
  try {
    const result = await start(task);
    if (isLate(task)) return;
    const { record } = attempt;
    const writing = resolveRecord(ledger, { from, index, raw, record, result, attempt: task.number });
    if (writing !== undefined) await writing;
  } catch (error) {
    if (!isLate(task)) await failTask(task, error);
  }
}

async function start<Value, Key>({ attempt, number, raw, run }: Task<Value, Key>): Promise<unknown> {
  const decoding = decodeRecord(raw, run.codecs);
  const record = isPromiseLike(decoding) ? await decoding : decoding;
  attempt.record = record;
  if (!mayStart(run)) throw timeIsUp();
  // Only a checkpoint knows it, so the record was made without it.
  (record as { attempt: number | undefined }).attempt = number;
  return run.handle(record, run.context);
}

/** The answer is being given without the record; otherwise it is not running any more. */
function isLate<Value, Key>({ attempt, ledger, raw, run }: Task<Value, Key>): boolean {
  if (run.closed) return true;
  attempt.raw = undefined;
  ledger.running.delete(raw.offset);
  return false;
}

async function failTask<Value, Key>(task: Task<Value, Key>, error: unknown): Promise<void> {
  const { attempt, from, index, ledger, number, raw, run } = task;
  const { record } = attempt;
  const last = finalError(error, { attempt: number, parkAfter: ledger.run.parkAfter, position: raw });
  if (run.park !== undefined && isPermanent(last) && !(await isNext(ledger, from))) return;
  const outcome = await failRecord({ raw, record }, last, run);
  if (outcome === PARKED) {
    await resolveRecord(ledger, { from, index, raw, record, parked: true, attempt: number });
    return;
  }
  if (!ledger.run.closed) from.lane.outcomes[index] = FAILED;
  ledger.failed.set(raw.offset, number);
  if (run.ordering !== 'none') from.stopped = true;
}

/** Before a record is parked, everything before it has to be written; `false` when its sequence has stopped over that. */
async function isNext(ledger: LaneLedger, from: Sequence): Promise<boolean> {
  await drain(ledger, 'effects');
  return !ledger.broken && !from.stopped;
}
