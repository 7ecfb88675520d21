/** Runs an event source mapping in real time: the deterministic core between a record source and a function. */
import { SYSTEM_CLOCK } from '../clock.ts';
import { createMapping } from './create-mapping.ts';
import { executeCommand } from './driver/execute-command.ts';
import { joinGroup, leaveGroup } from './driver/join-group.ts';
import type { MappingPorts } from './driver/mapping-ports.ts';
import { apply, type MappingRun, persist, runIsDrained, runIsQuiet, waitFor } from './driver/mapping-run.ts';
import type { MappingConfig } from './mapping-config.ts';
import type { MappingStatus } from './mapping-status.ts';
import { statusOf } from './observe/status.ts';
import { refuseConfig } from './refuse-config.ts';

export interface RunningMapping {
  status(): MappingStatus;
  /** Whether every assigned partition is read to its end as last seen, resolved and committed. */
  drained(): boolean;
  /** Resolves when all that is on the topic now is read, resolved and committed, in the partitions assigned here. */
  waitUntilDrained(): Promise<void>;
  /** Ends what is in flight, commits it and leaves the group; with `abort`, leaves at once. */
  stop(options?: { readonly abort?: boolean }): Promise<void>;
  /** Ends what is in flight, commits it and leaves the group until `enable` (R65: it goes on from its commits). */
  disable(): Promise<void>;
  enable(): void;
}

export type { MappingPorts } from './driver/mapping-ports.ts';

/**
 * Starts at once and goes on by itself: a topic or broker that is not there is tried again and again, and shows in
 * `lastProcessingResult`.
 *
 * @throws LocalError for a filter pattern that is not one, and for a mapping that AWS refuses.
 */
export function startMapping(config: MappingConfig, ports: MappingPorts): RunningMapping {
  refuseConfig(config);
  const run = createRun(config, ports);
  if (config.enabled) void joinGroup(run);
  else apply(run, { kind: 'disable' });
  return {
    status: () => statusOf(run.state),
    drained: () => runIsDrained(run),
    waitUntilDrained: () => waitUntilDrained(run),
    stop: (options) => stop(run, options?.abort === true),
    disable: () => disable(run),
    enable: () => enable(run),
  };
}

function createRun(config: MappingConfig, ports: MappingPorts): MappingRun {
  const clock = ports.clock ?? SYSTEM_CLOCK;
  const state = createMapping({
    config,
    bootstrapServers: ports.source.bootstrapServers,
    random: ports.random ?? Math.random,
    now: clock.now(),
    knobs: ports.knobs,
    schema: ports.schema,
    limits: ports.limits,
  });
  return {
    state,
    ports,
    clock,
    inbox: [],
    execute: executeCommand,
    member: undefined,
    joins: 0,
    held: new Map(),
    assignments: 0,
    locating: 0,
    known: undefined,
    startedAt: new Map(),
    waiters: new Set(),
    applying: false,
    closed: false,
    cancelWake: () => {},
  };
}

async function waitUntilDrained(run: MappingRun): Promise<void> {
  const { topic } = run.state.settings.config;
  const ends = await persist(
    run,
    () => run.ports.source.endOffsets(topic),
    () => run.closed,
  );
  const reached = () =>
    runIsDrained(run) &&
    [...run.state.partitions.values()].every(
      ({ partition, committed }) => committed >= (ends?.get(partition)?.end ?? 0),
    );
  await waitFor(run, () => run.closed || reached());
  if (run.closed && !reached()) throw new Error('the event source mapping was stopped before it was drained');
}

async function stop(run: MappingRun, abort: boolean): Promise<void> {
  if (run.closed) return;
  apply(run, { kind: 'stop' });
  if (!abort) await waitFor(run, () => run.closed || runIsQuiet(run));
  if (run.closed) return;
  // Closed first: the status stays as it was, although leaving takes the partitions away.
  run.closed = true;
  run.cancelWake();
  for (const waiter of run.waiters) waiter();
  await leaveGroup(run);
}

async function disable(run: MappingRun): Promise<void> {
  apply(run, { kind: 'disable' });
  await waitFor(run, () => run.closed || run.state.lifecycle !== 'Disabling');
  if (run.state.lifecycle === 'Disabled') await leaveGroup(run);
}

function enable(run: MappingRun): void {
  apply(run, { kind: 'enable' });
  if (run.state.lifecycle === 'Enabling') void joinGroup(run);
}
