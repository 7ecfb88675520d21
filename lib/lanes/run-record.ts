import { ConsumerRecord } from '../decode/consumer-record.ts';
import { decodeRecord } from '../decode/decode-record.ts';
import { isPromiseLike } from '../decode/promise-like.ts';
import { isPermanent } from '../errors/permanent-error.ts';
import type { KafkaEventRecord } from '../event/kafka-event.ts';
import { FAILED, PARKED } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordFailure } from '../telemetry/record-failure.ts';
import { timeIsUp } from './handle-context.ts';
import type { Run } from './run.ts';
import { mayStartRecord } from './time-budget.ts';

/** What a worker is working on; the object is the worker's own and is used again for its next record. */
export interface Attempt<Value, Key> {
  /** `undefined` while the worker has nothing to do. */
  raw: KafkaEventRecord | undefined;
  /** `undefined` until it is decoded. */
  record: ConsumerRecord<Value, Key> | undefined;
}

/** What is known of a record that fails. */
export interface Started {
  readonly raw: KafkaEventRecord;
  readonly record: ConsumerRecord | undefined;
}

/** Decodes the record and calls `handle`. Throws what they throw; a promise only when one of them gave one. */
export function startRecord<Value, Key>(
  attempt: Attempt<Value, Key>,
  raw: KafkaEventRecord,
  run: Run<Value, Key>,
): unknown {
  attempt.raw = raw;
  attempt.record = undefined;
  const decoded = decodeRecord(raw, run.codecs);
  if (isPromiseLike(decoded)) return startDecoded(attempt, decoded, run);
  attempt.record = decoded;
  return run.handle(decoded, run.context);
}

async function startDecoded<Value, Key>(
  attempt: Attempt<Value, Key>,
  decoding: PromiseLike<ConsumerRecord<Value, Key>>,
  run: Run<Value, Key>,
): Promise<unknown> {
  const record = await decoding;
  attempt.record = record;
  if (!mayStart(run)) throw timeIsUp();
  return run.handle(record, run.context);
}

export function mayStart<Value, Key>(run: Run<Value, Key>): boolean {
  return !run.closed && mayStartRecord(run.budget);
}

/** Parks what is permanent, when there is somewhere to park it. Never rejects. */
export async function failRecord(
  { raw, record }: Started,
  error: unknown,
  run: Pick<Run<never, never>, 'closed' | 'observer' | 'park'>,
): Promise<typeof FAILED | typeof PARKED> {
  let outcome: typeof FAILED | typeof PARKED = FAILED;
  let cause = error;
  let code: { readonly code?: 'PARK_FAILED' } = {};
  // Not when it is late: the answer has named the record already, and it comes again.
  if (run.park && isPermanent(error) && !run.closed) {
    try {
      await run.park(record ?? new ConsumerRecord(raw), error);
      outcome = PARKED;
    } catch (parkError) {
      cause = parkError;
      code = { code: 'PARK_FAILED' };
    }
  }
  const hook = outcome === PARKED ? 'recordParked' : 'recordFailed';
  // Only where somebody listens: the stack of an error is written when it is first read, which takes longer than all else.
  if (!run.closed && run.observer?.[hook])
    notify(run.observer, hook, { ...recordFailure(raw, cause), ...code });
  return outcome;
}
