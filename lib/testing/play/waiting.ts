import { topicPartition } from '../../event/topic-partition.ts';
import type { TestRecord } from '../a-record.ts';
import type { MappingStyle } from './mapping-style.ts';

/** Records that are delivered together. */
export interface Group {
  readonly records: readonly TestRecord[];
  /** How often they have been delivered. */
  readonly deliveries: number;
}

interface Round {
  readonly patience: number;
  readonly grouping: MappingStyle['grouping'];
  /** Delivers a group and returns what of it comes again. */
  readonly deliver: (group: Group) => Promise<readonly TestRecord[]>;
}

export function inBatches(records: readonly TestRecord[], size: number): readonly Group[] {
  return Array.from({ length: Math.ceil(records.length / size) }, (_, index) => ({
    records: records.slice(index * size, (index + 1) * size),
    deliveries: 0,
  }));
}

/**
 * Delivers each group once that may be delivered, and returns those that still wait. What comes again keeps its place, and holds back later groups with
 * records of the same partition: they wait until it is resolved. // R86f
 */
export async function playRound(waiting: readonly Group[], round: Round): Promise<readonly Group[]> {
  const held = new Set<string>();
  const after: Group[] = [];
  for (const group of waiting) {
    const isHeld = group.records.some((record) => held.has(partitionOf(record)));
    const mayGo = !isHeld && group.deliveries < round.patience;
    const open = mayGo ? again(await round.deliver(group), group, round.grouping) : [group];
    for (const record of open.flatMap(({ records }) => records)) held.add(partitionOf(record));
    after.push(...open);
  }
  return after;
}

function again(
  records: readonly TestRecord[],
  { deliveries }: Group,
  grouping: MappingStyle['grouping'] = 'merged',
): readonly Group[] {
  const groups = Map.groupBy(records, grouping === 'merged' ? () => '' : partitionOf);
  return [...groups.values()].map((group) => ({ records: group, deliveries: deliveries + 1 }));
}

function partitionOf({ topic, partition }: TestRecord): string {
  return topicPartition(topic, partition);
}
