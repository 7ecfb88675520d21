/** Plays the core in virtual time against a topic in memory and a scripted function: what a user sees, without waiting. */
import type { KafkaEvent } from '../../../../lib/event/kafka-event.ts';
import type { DiscardedBatch } from '../../../../local/destination/discarded-batch.ts';
import type { InvokeResult } from '../../../../local/function/invoker.ts';
import { applyInput } from '../../../../local/mapping/apply-input.ts';
import { createMapping, type MappingOptions } from '../../../../local/mapping/create-mapping.ts';
import { readKnobs } from '../../../../local/mapping/knobs.ts';
import type { MappingConfig } from '../../../../local/mapping/mapping-config.ts';
import type { MappingInput } from '../../../../local/mapping/mapping-input.ts';
import type { MappingCommand, MappingNotice } from '../../../../local/mapping/mapping-output.ts';
import type { MappingState } from '../../../../local/mapping/mapping-state.ts';
import { statusOf } from '../../../../local/mapping/observe/status.ts';
import type { SourceRecord } from '../../../../local/source/record-source.ts';
import { aConfig, FINE, positionsOf, START } from './builders.ts';

export type FunctionScript = (event: KafkaEvent, invocation: number) => InvokeResult;

export interface VirtualOptions {
  readonly config?: Partial<MappingConfig>;
  readonly knobs?: Readonly<Record<string, unknown>>;
  readonly script?: FunctionScript;
  /** Milliseconds an invocation takes. */
  readonly duration?: number;
  /** Milliseconds a fetch takes that brings something. */
  readonly fetchDelay?: number;
  readonly deliveryError?: (batch: DiscardedBatch) => string | undefined;
  readonly commitError?: (commit: number) => string | undefined;
  readonly schema?: MappingOptions['schema'];
  readonly limits?: MappingOptions['limits'];
}

interface Delivery {
  readonly at: number;
  readonly event: KafkaEvent;
  readonly positions: string;
}

export interface VirtualMapping {
  readonly state: MappingState;
  now: number;
  readonly topic: Map<number, SourceRecord[]>;
  readonly deliveries: Delivery[];
  readonly discards: DiscardedBatch[];
  readonly notices: MappingNotice[];
  readonly commits: ReadonlyMap<number, number>[];
  committed: Map<number, number>;
  readonly options: VirtualOptions;
  pending: { readonly at: number; readonly input: MappingInput }[];
  waiting: (MappingCommand & { kind: 'fetch' })[];
  wakeAt: number;
  /** Keys of partitions whose batch the function has now; two of one partition are never seen together. */
  readonly inFlight: Map<number, readonly string[]>;
  overlaps: number;
}

export function virtualMapping(options: VirtualOptions = {}): VirtualMapping {
  const state = createMapping({
    config: aConfig(options.config),
    bootstrapServers: 'b-1.shop.example:9098',
    random: () => 0.5,
    now: START,
    // Without jitter, so that times are round numbers.
    knobs: readKnobs({ backoff: { jitter: 0 }, ...options.knobs }),
    schema: options.schema,
    limits: options.limits,
  });
  const topic = new Map<number, SourceRecord[]>();
  const lists = { deliveries: [], discards: [], notices: [], commits: [], pending: [], waiting: [] };
  const at = { now: START, wakeAt: Number.POSITIVE_INFINITY, inFlight: new Map(), overlaps: 0 };
  return { state, topic, committed: new Map(), options, ...lists, ...at };
}

/** Adds records to the topic; a fetch that waits at the end gets them. */
export function append(world: VirtualMapping, added: readonly SourceRecord[]): void {
  for (const record of added) {
    const log = world.topic.get(record.partition) ?? [];
    world.topic.set(record.partition, [...log, record]);
  }
  const { waiting } = world;
  world.waiting = [];
  for (const command of waiting) execute(world, command);
}

export function assign(world: VirtualMapping, ...partitions: readonly number[]): void {
  const assigned = partitions.map((partition) => {
    const committed = world.committed.get(partition);
    return { partition, committed, position: committed ?? world.topic.get(partition)?.[0]?.offset ?? 0 };
  });
  feed(world, { kind: 'assigned', partitions: assigned });
}

export function feed(world: VirtualMapping, input: MappingInput): void {
  const { commands, notices } = applyInput(world.state, input, world.now);
  world.notices.push(...notices);
  for (const command of commands) execute(world, command);
}

/** Lets `ms` milliseconds pass. */
export function play(world: VirtualMapping, ms = 600_000): void {
  const until = world.now + ms;
  for (let steps = 0; steps < 200_000; steps += 1) {
    world.pending.sort((a, b) => a.at - b.at);
    const next = world.pending[0];
    const at = Math.min(next?.at ?? Number.POSITIVE_INFINITY, world.wakeAt);
    if (at > until) break;
    world.now = Math.max(world.now, at);
    if (next === undefined || world.wakeAt < next.at) wake(world);
    else feed(world, take(world, next));
  }
  world.now = until;
}

function take(world: VirtualMapping, next: { readonly input: MappingInput }): MappingInput {
  world.pending.shift();
  if (next.input.kind === 'invocation-ended') world.inFlight.delete(next.input.batch);
  if (next.input.kind === 'commit-ended' && next.input.error === undefined) {
    world.committed = new Map([...world.committed, ...(world.commits.at(-1) ?? [])]);
  }
  return next.input;
}

function wake(world: VirtualMapping): void {
  world.wakeAt = Number.POSITIVE_INFINITY;
  feed(world, { kind: 'tick' });
}

function execute(world: VirtualMapping, command: MappingCommand): void {
  switch (command.kind) {
    case 'fetch':
      answerFetch(world, command);
      break;
    case 'find-position': {
      const offset = world.topic.get(command.partition)?.[0]?.offset ?? 0;
      later(world, { ...command, kind: 'position-found', offset });
      break;
    }
    case 'invoke':
      answerInvoke(world, command);
      break;
    case 'deliver': {
      world.discards.push(command.batch);
      const error = world.options.deliveryError?.(command.batch);
      const ended = { kind: 'delivery-ended', delivery: command.delivery } as const;
      later(world, error === undefined ? ended : { ...ended, error });
      break;
    }
    case 'commit': {
      world.commits.push(command.offsets);
      const error = world.options.commitError?.(world.commits.length);
      const ended = { kind: 'commit-ended', commit: command.commit } as const;
      later(world, error === undefined ? ended : { ...ended, error });
      break;
    }
    case 'wake':
      world.wakeAt = command.at;
  }
}

function answerFetch(world: VirtualMapping, command: MappingCommand & { kind: 'fetch' }): void {
  const { partition, offset, maxRecords } = command.request;
  const log = world.topic.get(partition) ?? [];
  const found = log.filter((record) => record.offset >= offset).slice(0, maxRecords);
  const endOffset = (log.at(-1)?.offset ?? -1) + 1;
  const lastKnown = world.state.partitions.get(partition)?.endOffset;
  if (found.length === 0 && lastKnown === endOffset) {
    world.waiting.push(command);
    return;
  }
  const nextOffset = (found.at(-1)?.offset ?? Math.max(offset, endOffset) - 1) + 1;
  const fetched = { partition, records: found, nextOffset, endOffset };
  const at = world.now + (world.options.fetchDelay ?? 0);
  world.pending.push({ at, input: { kind: 'fetched', fetch: command.fetch, fetched } });
}

function answerInvoke(world: VirtualMapping, command: MappingCommand & { kind: 'invoke' }): void {
  const event: KafkaEvent = JSON.parse(command.payload);
  world.deliveries.push({ at: world.now - START, event, positions: positionsOf(event) });
  const keys = Object.keys(event.records);
  const busy = [...world.inFlight.values()].flat();
  if (keys.some((key) => busy.includes(key))) world.overlaps += 1;
  world.inFlight.set(command.batch, keys);
  const result = world.options.script?.(event, world.deliveries.length) ?? FINE;
  const at = world.now + (world.options.duration ?? 10);
  world.pending.push({ at, input: { kind: 'invocation-ended', batch: command.batch, result } });
}

function later(world: VirtualMapping, input: MappingInput): void {
  world.pending.push({ at: world.now, input });
}

export function deliveriesOf(world: VirtualMapping): readonly string[] {
  return world.deliveries.map(({ positions }) => positions);
}

export function statusOfWorld(world: VirtualMapping) {
  return statusOf(world.state);
}

/** A topic, a function and a mapping that has had ten minutes. */
export function played(
  partitions: readonly (readonly SourceRecord[])[],
  options: VirtualOptions = {},
): VirtualMapping {
  const world = virtualMapping(options);
  for (const list of partitions) append(world, list);
  assign(world, ...world.topic.keys());
  play(world);
  return world;
}
