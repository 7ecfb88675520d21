/** The state of a running mapping: plain data that `applyInput` changes and nothing else does. */
import type { SourceRecord } from '../source/record-source.ts';
import type { Knobs } from './knobs.ts';
import type { MappingLifecycle } from './lifecycle/lifecycle.ts';
import type { MappingConfig } from './mapping-config.ts';
import type { MappingCommand, MappingNotice } from './mapping-output.ts';
import type { MappingMetrics } from './observe/metrics.ts';
import type { PartitionCounters } from './observe/partition-counters.ts';
import type { SchemaOutcome } from './read/schema-step.ts';
import type { Deque } from './support/deque.ts';
import type { TimerHeap } from './support/timer-heap.ts';
import type { BufferedRecord, DiscardReason, Slice, Work } from './work/work.ts';

/** What a mapping is made of: fixed while it runs. */
export interface MappingSettings {
  readonly config: MappingConfig;
  readonly knobs: Knobs;
  readonly bootstrapServers: string;
  /** 0 to 1, for back-off jitter and request ids. */
  readonly random: () => number;
  /** Whether a record passes the filters; absent when there are none. */
  readonly passes: ((value: Buffer | null) => boolean) | undefined;
  /** The schema registry's say on a record (R141–R150); absent when none is configured. */
  readonly schema: ((record: SourceRecord) => SchemaOutcome) | undefined;
  readonly limits: MappingLimits;
  /** The envelope's JSON text up to the opening of `records`: full, and thin. */
  readonly envelope: { readonly full: string; readonly thin: string; readonly bytes: number };
}

export interface MappingLimits {
  /** Bytes of the event's JSON text (R38). */
  readonly payloadBytes: number;
  /** Records kept ready for a partition beside the batch in flight. */
  readonly prefetchRecords: number;
  /** Bytes of record text kept ready in all partitions together. */
  readonly bufferBytes: number;
  /** How long a fetch at the end of a partition may wait, milliseconds. */
  readonly fetchWaitMs: number;
}

export type FetchPhase = 'idle' | 'queued' | 'fetching' | 'paused';

export interface PartitionState {
  readonly partition: number;
  /** `<topic>-<partition>`: the key in `records`. */
  readonly key: string;
  readonly textPrefix: string;
  /** Bytes the partition's key adds to an event. */
  readonly overhead: number;
  readonly counters: PartitionCounters;
  poller: Poller;
  lost: boolean;
  /** Offset of the next record to fetch. */
  position: number;
  endOffset: number;
  committed: number;
  /** The highest offset in any commit so far. */
  offered: number;
  /** Records below were counted when they were polled before. */
  seen: number;
  fetch: FetchPhase;
  /** Of the fetch under way: what answers another one, of an earlier position or assignment, is ignored. */
  fetchNumber: number;
  fetchFailures: number;
  reservedBytes: number;
  readonly queue: Deque<BufferedRecord>;
  queueBytes: number;
  /** Unresolved work, in order; the partition is locked while there is any (R42). */
  slices: Slice[];
  ready: boolean;
  windowEndsAt: number;
  /** When the window timer that is set will go off; infinity when none is set. */
  windowTimerAt: number;
  lastDoneAt: number;
  quietCommitSet: boolean;
}

export interface Poller {
  readonly index: number;
  inFlight: number;
  /** Retries whose time has come. */
  readonly due: Deque<Work>;
  /** Partitions with records and without unresolved work, in the order they became so. */
  readonly ready: Set<PartitionState>;
  readyRecords: number;
  readyBytes: number;
  /** Ready partitions for which a batch may close now. */
  readonly closable: Set<PartitionState>;
}

export type TimerAction =
  | { readonly kind: 'window'; readonly partition: PartitionState; readonly at: number }
  | { readonly kind: 'retry'; readonly work: Work }
  | { readonly kind: 'refetch'; readonly partition: PartitionState }
  | { readonly kind: 'quiet-commit'; readonly partition: PartitionState }
  | { readonly kind: 'commit' }
  | { readonly kind: 'minute' };

export interface CommitInFlight {
  readonly id: number;
  readonly offsets: ReadonlyMap<PartitionState, number>;
}

export interface MappingState {
  readonly settings: MappingSettings;
  readonly partitions: Map<number, PartitionState>;
  readonly counters: Map<number, PartitionCounters>;
  /** Works that are first in all their partitions: looked at before the input is done with. */
  readonly startable: Deque<Work>;
  /** Work whose invocation or delivery is under way, by its number. */
  readonly underWay: Map<number, Work>;
  readonly timers: TimerHeap<TimerAction>;
  readonly metrics: MappingMetrics;
  pollers: readonly Poller[];
  /** How many pollers the lag asks for; the partitions and the configuration bound it. */
  pollersWanted: number;
  /** Partitions of the topic. */
  totalPartitions: number;
  /** Times that partitions came or went. */
  generation: number;
  /** Pollers to look at before the input is done with. */
  readonly touched: Set<Poller>;
  readonly fetchQueue: Deque<PartitionState>;
  /** Locked partitions in back-off that hold prefetched records: the first to give them up. */
  readonly blocked: Set<PartitionState>;
  /** Partitions with something left to fetch, process or commit. */
  readonly unsettled: Set<PartitionState>;
  bufferedBytes: number;
  reservedBytes: number;
  readonly toCommit: Set<PartitionState>;
  commitInFlight: CommitInFlight | undefined;
  commitFailures: number;
  commitPaused: boolean;
  lifecycle: MappingLifecycle;
  lastProcessingResult: string;
  invocations: number;
  /** Records of ended invocations since the pollers were counted last. */
  throughput: { records: number; throttles: number };
  /** Of a batch or a commit. People read it in notices, so fetches do not use it up. */
  nextNumber: number;
  nextFetch: number;
  /** Never runs backwards; `wall` does when the machine's clock is set back. */
  now: number;
  wall: number;
  /** The time of the last `wake` command. */
  wakeAt: number;
  commands: MappingCommand[];
  notices: MappingNotice[];
}

export type { BufferedRecord, DiscardReason, Slice, Work };
