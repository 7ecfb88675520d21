import type { ConsumerRecord } from '../decode/consumer-record.ts';
import { decodeRecord, undecodedRecord } from '../decode/decode-record.ts';
import { isPromiseLike } from '../decode/promise-like.ts';
import { LanewiseError } from '../errors/lanewise-error.ts';
import { isPermanent, type PermanentFailure } from '../errors/permanent-error.ts';
import type { KafkaEventRecord } from '../event/kafka-event.ts';
import { FAILED, PARKED } from '../outcome/record-outcome.ts';
import { notify } from '../telemetry/notify.ts';
import { recordFailure } from '../telemetry/record-failure.ts';
import type { Run } from './run.ts';
import { mayStartRecord } from './time-budget.ts';

/** What a worker is working on; the object is the worker's own and is used again for its next record. */
export interface Attempt<Value, Key> {
  /** `undefined` while the worker has nothing to do. */
  raw: KafkaEventRecord | undefined;
  /** `undefined` until it is decoded. */
  record: ConsumerRecord<Value, Key> | undefined;
}

/** Decodes the record and calls `handle`. Throws what they throw; a promise only when one of them gave one. */
export function startRecord<Value, Key>(
  attempt: Attempt<Value, Key>,
  raw: KafkaEventRecord,
  run: Run<Value, Key>,
): unknown {
  attempt.raw = raw;
  attempt.record = undefined;
  const decoded = decodeRecord(raw, run.consumer.codecs);
  if (isPromiseLike(decoded)) return startDecoded(attempt, decoded, run);
  attempt.record = decoded;
  return run.consumer.handle(decoded, run.context);
}

async function startDecoded<Value, Key>(
  attempt: Attempt<Value, Key>,
  decoding: PromiseLike<ConsumerRecord<Value, Key>>,
  run: Run<Value, Key>,
): Promise<unknown> {
  const record = await decoding;
  attempt.record = record;
  if (run.closed || !mayStartRecord(run.budget)) throw timeIsUp(record);
  return run.consumer.handle(record, run.context);
}

/** Parks what is permanent, when there is somewhere to park it. Never throws; a promise only when it parks. */
export function failRecord<Value, Key>(
  {
    raw,
    record,
  }: { readonly raw: KafkaEventRecord; readonly record: ConsumerRecord<Value, Key> | undefined },
  error: unknown,
  run: Run<Value, Key>,
): typeof FAILED | Promise<typeof FAILED | typeof PARKED> {
  const { park, observer } = run.consumer;
  // Late: the answer has named the record already, and it comes again.
  if (run.closed) return FAILED;
  if (isPermanent(error) && park !== undefined) return parkRecord(record ?? undecodedRecord(raw), error, run);
  notify(observer, 'recordFailed', recordFailure(raw, error));
  return FAILED;
}

async function parkRecord<Value, Key>(
  record: ConsumerRecord,
  error: PermanentFailure,
  run: Run<Value, Key>,
): Promise<typeof FAILED | typeof PARKED> {
  const { park, observer } = run.consumer;
  try {
    await park?.(record, error);
  } catch (parkError) {
    if (!run.closed) {
      notify(observer, 'recordFailed', { ...recordFailure(record, parkError), code: 'PARK_FAILED' });
    }
    return FAILED;
  }
  if (!run.closed) notify(observer, 'recordParked', recordFailure(record, error));
  return PARKED;
}

function timeIsUp(record: ConsumerRecord<unknown, unknown>): LanewiseError {
  return new LanewiseError('TIME_IS_UP', `the time was up once the record was decoded at ${record}`);
}
