import type { Ordering } from '../../../lib/index.ts';
import type { PlannedPartition, PlannedRecord } from '../plan/plan-records.ts';
import { hold } from '../violation.ts';

/** What became of a record, as bits: a record may be done and, after a crash, given up as well. */
export const DONE = 1;
export const PARKED = 2;
export const DISCARDED = 4;
export const DROPPED = 8;
/** Gone from the topic before it was read: the topic keeps records for a time only. */
export const EXPIRED = 16;

/** A record of the topic with what has happened to it outside of the mapping: the truth that the mapping is held against. */
export interface SimRecord {
  readonly planned: PlannedRecord;
  readonly partition: number;
  readonly offset: number;
  /** As it is in the event. */
  readonly value: string | undefined;
  /** Whether the mapping has to deliver it: not when the filter leaves it out. */
  readonly inScope: boolean;
  /** Records that must come to their end before it, in order, and its place among them. */
  readonly line: Line;
  readonly place: number;
  end: number;
  tries: number;
  parkTries: number;
  /** The invocation in which it was completed last. */
  completedIn: number;
}

/** The records of a partition, or of one of its keys, in offset order. */
export interface Line {
  readonly records: SimRecord[];
  /** Records before this place have come to an end. */
  endedTo: number;
}

export interface SimLog {
  readonly partition: number;
  /** By offset; gaps are `undefined`. */
  readonly slots: readonly (SimRecord | undefined)[];
  readonly records: readonly SimRecord[];
  /** Offset behind the last record that will ever be written. */
  readonly finalEnd: number;
  /** Offset of the first record that the topic still has. */
  start: number;
  /** Offset behind the last record that is written. */
  end: number;
  /** Offsets below are gaps, filtered, or have come to an end. */
  endedTo: number;
  /** Fetches that wait for the next record. */
  readonly waiting: (() => void)[];
}

export function createLog(plan: PlannedPartition, partition: number, ordering: Ordering): SimLog {
  const lines = new Map<string, Line>();
  const slots: (SimRecord | undefined)[] = new Array(plan.endOffset).fill(undefined);
  const records = plan.records.map((planned) => createRecord(planned, ordering, lines));
  for (const record of records) slots[record.offset] = record;
  return { partition, slots, records, finalEnd: plan.endOffset, start: 0, end: 0, endedTo: 0, waiting: [] };
}

function createRecord(planned: PlannedRecord, ordering: Ordering, lines: Map<string, Line>): SimRecord {
  const { source, fate } = planned;
  const inScope = fate.kind !== 'filtered';
  const name = ordering === 'key' ? (source.key?.toString('base64') ?? 'none') : '';
  const line = lines.get(name) ?? { records: [], endedTo: 0 };
  lines.set(name, line);
  const record = {
    planned,
    partition: source.partition,
    offset: source.offset,
    value: source.value?.toString('base64'),
    inScope,
    line,
    place: line.records.length,
    end: 0,
    tries: 0,
    parkTries: 0,
    completedIn: -1,
  };
  if (inScope) line.records.push(record);
  return record;
}

/** I2, I3: when a record is completed for the first time, everything that must not be overtaken has come to an end. */
export function complete(record: SimRecord, how: typeof DONE | typeof PARKED, ordering: Ordering): void {
  if ((record.end & (DONE | PARKED)) === 0 && ordering !== 'none') checkOrder(record, ordering);
  record.end |= how;
}

function checkOrder(record: SimRecord, ordering: Ordering): void {
  const { line, place } = record;
  while ((line.records[line.endedTo]?.end ?? 0) !== 0) line.endedTo += 1;
  hold(
    line.endedTo >= place,
    ordering === 'key' ? 'I3' : 'I2',
    () => `${nameOf(record)} was completed before ${nameOf(line.records[line.endedTo] ?? record)}`,
  );
}

/** I1: every record below has been handled, parked, given up by rule, or left out by the filter. */
export function checkEnded(log: SimLog, below: number): void {
  while (log.endedTo < below && hasEnded(log.slots[log.endedTo])) log.endedTo += 1;
  const open = log.slots[log.endedTo];
  hold(
    log.endedTo >= below || open === undefined,
    'I1',
    () => `${log.partition}@${log.endedTo} counts as done, and nothing ever became of it`,
  );
}

function hasEnded(record: SimRecord | undefined): boolean {
  return record === undefined || !record.inScope || record.end !== 0;
}

/** `3@17` */
export function nameOf(record: SimRecord): string {
  return `${record.partition}@${record.offset}`;
}
