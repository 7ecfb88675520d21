/** A mapping's state before anything has happened. */

import { buildEnvelope } from './batch/event-text.ts';
import { compileFilters } from './filter/filter.ts';
import { DEFAULT_KNOBS, type Knobs } from './knobs.ts';
import type { MappingConfig } from './mapping-config.ts';
import type { MappingLimits, MappingSettings, MappingState } from './mapping-state.ts';
import { createMetrics } from './observe/metrics.ts';
import type { SchemaStep } from './read/schema-step.ts';
import { createDeque } from './support/deque.ts';
import { createTimerHeap } from './support/timer-heap.ts';

export interface MappingOptions {
  readonly config: MappingConfig;
  /** For the event's `bootstrapServers`. */
  readonly bootstrapServers: string;
  /** 0 to 1. */
  readonly random: () => number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly knobs?: Knobs | undefined;
  readonly schema?: SchemaStep | undefined;
  readonly limits?: Partial<MappingLimits> | undefined;
}

/** R38: the exact number is not published for mappings; Invoke's own error text speaks of this one (accounting assumed). */
const PAYLOAD_BYTES = 6_291_456;
const LEAST_PREFETCH = 100;

/** @throws LocalError for a filter pattern that is not one (R140). */
export function createMapping(options: MappingOptions): MappingState {
  return {
    settings: settingsOf(options),
    partitions: new Map(),
    counters: new Map(),
    startable: createDeque(),
    underWay: new Map(),
    timers: createTimerHeap(),
    metrics: createMetrics(),
    pollers: [],
    pollersWanted: 1,
    totalPartitions: 0,
    generation: 0,
    touched: new Set(),
    fetchQueue: createDeque(),
    blocked: new Set(),
    unsettled: new Set(),
    bufferedBytes: 0,
    reservedBytes: 0,
    toCommit: new Set(),
    commitInFlight: undefined,
    commitFailures: 0,
    commitPaused: false,
    lifecycle: 'Creating',
    lastProcessingResult: 'No records processed',
    invocations: 0,
    throughput: { records: 0, throttles: 0 },
    nextNumber: 1,
    nextFetch: 1,
    now: options.now,
    wall: options.now,
    wakeAt: Number.NaN,
    commands: [],
    notices: [],
  };
}

function settingsOf(options: MappingOptions): MappingSettings {
  const { config, bootstrapServers, random, schema } = options;
  return {
    config,
    knobs: options.knobs ?? DEFAULT_KNOBS,
    bootstrapServers,
    random,
    passes: compileFilters(config.filters),
    schema,
    limits: {
      payloadBytes: PAYLOAD_BYTES,
      prefetchRecords: Math.max(config.batchSize, LEAST_PREFETCH),
      bufferBytes: 32 * 1_048_576,
      fetchWaitMs: 500,
      ...options.limits,
    },
    envelope: buildEnvelope(config.source, bootstrapServers),
  };
}
