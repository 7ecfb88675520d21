import { LanewiseError } from '../../errors/lanewise-error.ts';
import { topicPartition } from '../../event/topic-partition.ts';
import type { CheckpointState } from '../checkpoint-state.ts';
import type { TopicPartition } from '../checkpoint-store.ts';
import type { Interval, Intervals } from '../intervals.ts';

/** The table's key: partition key `pk` and sort key `sk`, both of type S. */
export interface CheckpointKey {
  /** `billing/order-events-2`. A topic has no slash, so this can be taken apart again from the right. */
  readonly pk: string;
  /** The generation. */
  readonly sk: string;
}

export interface CheckpointItem extends CheckpointKey {
  /** `0-99,105,107-200`. */
  readonly done: string;
  readonly latest: number;
  /** Failures by offset: `{ '105': 2 }`. */
  readonly attempts: Readonly<Record<string, number>>;
  readonly epoch: number;
  readonly version: number;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** Epoch seconds, for the table's TTL. */
  readonly expiresAt?: number;
}

export interface ItemOptions {
  readonly group: string;
  readonly generation: string;
  /** Seconds. */
  readonly ttl: number | undefined;
  readonly now: () => number;
}

export function itemKey(
  { topic, partition }: TopicPartition,
  { group, generation }: ItemOptions,
): CheckpointKey {
  return { pk: `${group}/${topicPartition(topic, partition)}`, sk: generation };
}

export function toItem(
  partition: TopicPartition,
  state: CheckpointState,
  options: ItemOptions,
): CheckpointItem {
  const now = options.now();
  return {
    ...itemKey(partition, options),
    done: state.done.map(formatInterval).join(','),
    latest: state.latest,
    attempts: Object.fromEntries(Array.from(state.attempts, ([offset, count]) => [String(offset), count])),
    epoch: state.epoch,
    version: state.version,
    updatedAt: new Date(now).toISOString(),
    ...(options.ttl === undefined ? {} : { expiresAt: Math.floor(now / 1000) + options.ttl }),
  };
}

/** @throws LanewiseError CHECKPOINT_CORRUPT, rather than to skip or to repeat work on account of what somebody has edited. */
export function fromItem(item: Readonly<Record<string, unknown>>): CheckpointState {
  const { attempts = {} } = item;
  if (typeof attempts !== 'object' || attempts === null) throw corrupt(item, 'attempts');
  return {
    done: parseIntervals(item),
    latest: wholeNumber(item, 'latest', -1),
    attempts: new Map(Object.entries(attempts).map(([offset, count]) => parseAttempts(item, offset, count))),
    epoch: wholeNumber(item, 'epoch', 0),
    version: wholeNumber(item, 'version', 1),
  };
}

function formatInterval([first, last]: Interval): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function parseIntervals(item: Readonly<Record<string, unknown>>): Intervals {
  // A client with `convertEmptyValues` writes null for the empty text.
  if (item.done === '' || item.done === null) return [];
  if (typeof item.done !== 'string') throw corrupt(item, 'done');
  let previous = -2;
  return item.done.split(',').map((part) => {
    const [, start = '', end = start] = /^(\d{1,16})(?:-(\d{1,16}))?$/.exec(part) ?? [];
    const [first, last] = [Number(start), Number(end)];
    if (start === '' || !Number.isSafeInteger(last) || first <= previous + 1 || last < first)
      throw corrupt(item, 'done');
    previous = last;
    return [first, last] as const;
  });
}

function parseAttempts(
  item: Readonly<Record<string, unknown>>,
  offset: string,
  stored: unknown,
): readonly [number, number] {
  const count = numberOf(stored);
  const isCount = Number.isSafeInteger(count) && count > 0;
  if (!isCount || !/^\d{1,16}$/.test(offset)) throw corrupt(item, 'attempts');
  return [Number(offset), count];
}

function wholeNumber(item: Readonly<Record<string, unknown>>, name: string, least: number): number {
  const value = numberOf(item[name]);
  if (!Number.isSafeInteger(value) || value < least) throw corrupt(item, name);
  return value;
}

/** A client with `wrapNumbers` gives a bigint, or an object that has the number as text. */
function numberOf(value: unknown): number {
  if (typeof value === 'object' && value !== null && 'value' in value) return Number(value.value);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

function corrupt(item: Readonly<Record<string, unknown>>, attribute: string): LanewiseError {
  return new LanewiseError(
    'CHECKPOINT_CORRUPT',
    `the attribute ${attribute} of the checkpoint is not what the runtime writes, so that nothing can be skipped or done; mend it, or delete the item and accept that its records are handled again, at ${item.pk} ${item.sk}`,
  );
}
