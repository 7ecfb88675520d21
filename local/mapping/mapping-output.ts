/** What the core wants done (commands) and what it tells (notices). */
import type { DiscardedBatch } from '../destination/discarded-batch.ts';
import type { FetchRequest } from '../source/record-source.ts';
import type { MappingLifecycle } from './lifecycle/lifecycle.ts';
import type { MappingLogEvent } from './observe/mapping-log.ts';

export type PositionQuery = 'earliest' | 'latest' | { readonly timestamp: number };

export type MappingCommand =
  /** Answered by `fetched` or `fetch-failed` with the same number. */
  | { readonly kind: 'fetch'; readonly fetch: number; readonly request: FetchRequest }
  /** Answered by `position-found` or `fetch-failed` with the same number. */
  | {
      readonly kind: 'find-position';
      readonly partition: number;
      readonly fetch: number;
      readonly at: PositionQuery;
    }
  /** Answered by `invocation-ended`. `payload` is the event's JSON text. */
  | { readonly kind: 'invoke'; readonly batch: number; readonly payload: string }
  /** Answered by `delivery-ended`. */
  | { readonly kind: 'deliver'; readonly delivery: number; readonly batch: DiscardedBatch }
  /** Answered by `commit-ended`. Partition to the offset of the next record to read. */
  | { readonly kind: 'commit'; readonly commit: number; readonly offsets: ReadonlyMap<number, number> }
  /** Apply `tick` at this time, unless a later `wake` says otherwise. */
  | { readonly kind: 'wake'; readonly at: number };

/** Some records of one partition, by their positions only: notices never carry payloads. */
export interface RecordRange {
  readonly partition: number;
  readonly offsets: readonly number[];
}

export type BatchVerdict =
  | 'success'
  | 'partial'
  | 'function-error'
  | 'invalid-response'
  | 'throttled'
  | 'service';

/** Something that happened, for the live view, a trace or a test. */
export type MappingNotice =
  | {
      readonly kind: 'batch-started';
      readonly batch: number;
      /** 1 for the first one. */
      readonly attempt: number;
      readonly thin: boolean;
      readonly records: readonly RecordRange[];
    }
  | {
      readonly kind: 'batch-ended';
      readonly batch: number;
      readonly verdict: BatchVerdict;
      /** What the function or Lambda said, without any payload; `undefined` on success. */
      readonly reason: string | undefined;
      readonly succeeded: number;
      readonly failed: number;
    }
  /** An answer that AWS would take in a way its author hardly means (R75–R83). */
  | { readonly kind: 'diagnostic'; readonly rule: string; readonly batch: number; readonly text: string }
  | {
      readonly kind: 'discarded' | 'dropped';
      readonly condition: string;
      readonly reason: string | undefined;
      readonly attempts: number;
      readonly records: readonly RecordRange[];
    }
  | { readonly kind: 'committed'; readonly offsets: ReadonlyMap<number, number> }
  | { readonly kind: 'assigned' | 'revoked'; readonly partitions: readonly number[] }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'state'; readonly state: MappingLifecycle }
  | { readonly kind: 'log'; readonly event: MappingLogEvent };

export interface MappingOutput {
  readonly commands: readonly MappingCommand[];
  readonly notices: readonly MappingNotice[];
}
