import { type Clock, SYSTEM_CLOCK } from '../../../local/clock.ts';
import type { Knobs } from '../../../local/mapping/knobs.ts';
import { createEmbeddedSource, type EmbeddedSource } from '../../../local/source/embedded-source.ts';
import type { RecordSource } from '../../../local/source/record-source.ts';
import { patienceMs } from '../../support/patience.ts';
import { virtualClock } from './virtual-clock.ts';

/** Where a scenario is played: a source, and a clock that can be waited on. */
export interface Stage {
  readonly kind: 'embedded' | 'kafka';
  readonly source: RecordSource;
  /** Only the embedded source can change its topics at will. */
  readonly embedded: EmbeddedSource | undefined;
  readonly clock: Clock;
  /** Waits until `done` holds, for `limit` milliseconds at most. */
  until(done: () => boolean, limit: number): Promise<void>;
  readonly backoff: Partial<Knobs['backoff']>;
  /** Batching window of scenarios that say nothing of it, in milliseconds. */
  readonly window: number;
}

/** 2026-01-01T00:00:00Z */
export const START = 1_767_225_600_000;

export function embeddedStage(): Stage {
  const clock = virtualClock(START);
  const embedded = createEmbeddedSource({ clock });
  return {
    kind: 'embedded',
    source: embedded,
    embedded,
    clock,
    until: (done, limit) => clock.runUntil(done, limit),
    // Without jitter, so that times are round numbers.
    backoff: { jitter: 0 },
    window: 500,
  };
}

/** Real time: retries come soon, and a window is long enough for every partition to have its records there. */
export function kafkaStage(source: RecordSource): Stage {
  return {
    kind: 'kafka',
    source,
    embedded: undefined,
    clock: SYSTEM_CLOCK,
    until: waitUntil,
    backoff: { initialMs: 20, factor: 1, maximumMs: 20, jitter: 0 },
    window: 3_000,
  };
}

const LOOK_EVERY = 10;

async function waitUntil(done: () => boolean): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!done()) {
    if (Date.now() > deadline) throw new Error(`it has not happened within ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
