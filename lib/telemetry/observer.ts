import type { RecordPosition } from '../event/topic-partition.ts';

/**
 * Hooks for logs, metrics and traces, each of them optional. Nothing they are given holds a payload. What a hook throws, or
 * rejects with, is dropped: telemetry never fails a record.
 */
export interface Observer {
  readonly batchStarted?: (batch: BatchStart) => void;
  readonly recordDone?: (record: RecordPosition & { readonly timestamp: number }) => void;
  /** The checkpoint says that the record was done before: it is not handled, and counts as done. */
  readonly recordSkipped?: (record: RecordPosition & { readonly timestamp: number }) => void;
  /** The record comes again. */
  readonly recordFailed?: (failure: RecordFailure) => void;
  /** The record counts as done. */
  readonly recordParked?: (failure: RecordFailure) => void;
  /** A record was still running when the answer had to be given; it comes again. */
  readonly recordTimedOut?: (record: RecordPosition & { readonly timestamp: number }) => void;
  readonly batchEnded?: (batch: BatchEnd) => void;
}

export interface BatchStart {
  readonly awsRequestId: string;
  readonly lanes: number;
  readonly records: number;
}

export interface BatchEnd extends BatchStart {
  readonly done: number;
  readonly parked: number;
  /** Done before, as the checkpoint says. */
  readonly skipped: number;
  /** `handle`, a codec or `park` failed. */
  readonly failed: number;
  /** Not attempted behind a failure, not started in time, or not finished in time. */
  readonly unfinished: number;
  /** Epoch milliseconds of the oldest record; `undefined` for a batch without records. */
  readonly oldest: number | undefined;
  /** Milliseconds of the invocation that were left. */
  readonly remaining: number;
  /** Epoch milliseconds of the oldest record that comes again. */
  readonly oldestUnresolved: number | undefined;
}

export interface RecordFailure extends RecordPosition {
  readonly timestamp: number;
  /** A code of docs/errors.md, or the one given to a `PermanentError`. */
  readonly code: string;
  /** The name of the error's class: `ThrottlingException`. */
  readonly name: string;
  /** Only for errors of the runtime: the message of a foreign error may quote the record. */
  readonly message: string | undefined;
  /** The first line of the stack, for errors of `handle`: `at issueInvoice (/var/task/index.mjs:12:3)`. */
  readonly where: string | undefined;
  readonly permanent: boolean;
}
