/** Records on their way to be resolved together: a batch, a retry of a part of one, or a discard. */
import type { DiscardedBatch } from '../../destination/discarded-batch.ts';
import type { PartitionState, Poller } from '../mapping-state.ts';

/** A record as the mapping keeps it: the text it has in the event, and what decisions need. */
export interface BufferedRecord {
  readonly offset: number;
  readonly timestamp: number;
  /** The record's JSON text. */
  readonly text: string;
  /** UTF-8 bytes of `text`. */
  readonly bytes: number;
  readonly bufferedAt: number;
  /** Set when the function never sees it: too large, or refused by the schema step. */
  readonly condition: string | undefined;
}

/** The records of one partition in a work, in offset order; never empty. */
export interface Slice {
  readonly partition: PartitionState;
  readonly records: readonly BufferedRecord[];
  readonly work: Work;
}

export interface DiscardReason {
  readonly condition: string;
  readonly reason: string | undefined;
}

/**
 * - `pending`: waits for earlier work of its partitions
 * - `waiting`: in back-off
 * - `due`: waits for a free invocation of its poller
 * - `in-flight`: the function, or the destination, has it
 */
export type WorkPhase = 'pending' | 'waiting' | 'due' | 'in-flight' | 'done';

export interface Work {
  readonly number: number;
  readonly poller: Poller;
  slices: readonly Slice[];
  /** Invocations that count towards the retry limit. */
  readonly attempts: number;
  /** Invocations in a row that never reached the function. */
  setbacks: number;
  /** Times that the function had these records. */
  deliveries: number;
  /** Comes from a partial answer (R15). */
  readonly reported: boolean;
  /** Milliseconds to wait before it is invoked; 0 is at once. */
  readonly delay: number;
  /** Why the last attempt failed, without any payload. */
  readonly lastReason: string | undefined;
  readonly lastContext: DiscardedBatch['responseContext'];
  readonly discard: DiscardReason | undefined;
  phase: WorkPhase;
}

export function countRecords(slices: readonly { readonly records: readonly unknown[] }[]): number {
  let count = 0;
  for (const slice of slices) count += slice.records.length;
  return count;
}

export function liveSlices(work: Work): readonly Slice[] {
  return work.slices.some((slice) => slice.partition.lost)
    ? work.slices.filter((slice) => !slice.partition.lost)
    : work.slices;
}
