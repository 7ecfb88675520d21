/** What can happen to a mapping. Time comes with each input; the core has no clock of its own. */
import type { InvokeResult } from '../function/invoker.ts';
import type { Fetched } from '../source/record-source.ts';

export interface AssignedPartition {
  readonly partition: number;
  /** Where reading starts. */
  readonly position: number;
  /** The group's committed offset; `undefined` when it has none. */
  readonly committed: number | undefined;
}

export type MappingInput =
  /** The group gave these partitions to this member. One that is held already goes on as it is. */
  | {
      readonly kind: 'assigned';
      readonly partitions: readonly AssignedPartition[];
      /** Partitions that the topic has, as far as it is known. */
      readonly total?: number;
    }
  | { readonly kind: 'revoked'; readonly partitions: readonly number[] }
  | { readonly kind: 'fetched'; readonly fetch: number; readonly fetched: Fetched }
  | FetchFailed
  | {
      readonly kind: 'position-found';
      readonly partition: number;
      readonly fetch: number;
      readonly offset: number;
    }
  | { readonly kind: 'invocation-ended'; readonly batch: number; readonly result: InvokeResult }
  /** `error` is absent when the destination has the discarded batch. */
  | { readonly kind: 'delivery-ended'; readonly delivery: number; readonly error?: string }
  | { readonly kind: 'commit-ended'; readonly commit: number; readonly error?: string }
  /** The time of the last `wake` command has come. */
  | { readonly kind: 'tick' }
  /** The connection or the group is in trouble that its adapter goes on to mend. */
  | { readonly kind: 'trouble'; readonly message: string }
  /** Nothing new is begun; what is in flight ends and is committed. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'disable' }
  | { readonly kind: 'enable' };

export interface FetchFailed {
  readonly kind: 'fetch-failed';
  readonly partition: number;
  readonly fetch: number;
  /** The offset asked for is not on the partition any more, or not yet. */
  readonly outOfRange: boolean;
  readonly message: string;
}
