import { expect } from 'vitest';
import type { KafkaEvent } from '../../../lib/event/kafka-event.ts';
import { buildMetadataRecord, buildS3Record } from '../../../local/destination/destination-record.ts';
import type { DiscardedBatch } from '../../../local/destination/discarded-batch.ts';
import type { MappingNotice, RecordRange } from '../../../local/mapping/mapping-output.ts';
import {
  ABSENT,
  AT_START,
  BROKERS,
  type DiscardData,
  type Expectation,
  NULL,
  TOPIC,
  UUID,
} from '../scenario.ts';
import type { Played } from './play.ts';
import { isThin, type Variant } from './variant.ts';

/** What happened must be what the scenario expects, whole and in order. */
export function checkPlayed(played: Played, expected: Expectation, variant: Variant): void {
  const deliveries = played.function.deliveries;
  if (expected.deliveries !== undefined) {
    expect(deliveries.map(({ event }) => seen(event))).toEqual(
      expected.deliveries.map((text) => wanted(text, variant)),
    );
  }
  if (expected.times !== undefined) {
    expect(deliveries.map(({ at }) => at - played.startedAt)).toEqual(expected.times);
  }
  if (expected.commits !== undefined) {
    expect(Object.fromEntries(played.commits)).toEqual(expected.commits);
  }
  checkResults(played, expected);
  checkEvent(played, expected, variant);
}

export function checkResults(played: Played, expected: Expectation): void {
  const { status, notices } = played;
  if (expected.discards !== undefined) checkDiscards(played.discards.map(discardOf), expected.discards);
  if (expected.dropped !== undefined) checkDiscards(notices.flatMap(droppedOf), expected.dropped);
  if (expected.diagnostics !== undefined) {
    expect(notices.flatMap((notice) => (notice.kind === 'diagnostic' ? notice.rule : []))).toEqual(
      expected.diagnostics,
    );
  }
  if (expected.counters !== undefined) expect(status.metrics).toMatchObject(expected.counters);
  if (expected.result !== undefined) {
    expect(status.lastProcessingResult.slice(0, expected.result.length)).toBe(expected.result);
  }
  if (expected.state !== undefined) expect(status.state).toBe(expected.state);
  for (const line of expected.logged ?? []) {
    const logs = notices.flatMap((notice) => (notice.kind === 'log' ? notice.event : []));
    expect(logs).toContainEqual(expect.objectContaining(line));
  }
  if (expected.loggedTypes !== undefined) {
    const types = notices.flatMap((notice) => (notice.kind === 'log' ? notice.event.eventType : []));
    expect(types).toEqual(expected.loggedTypes);
  }
  if (expected.published !== undefined) expect(status.published).toEqual(expected.published);
  if (expected.atOnce !== undefined) expect(played.function.atOnce()).toBe(expected.atOnce);
  if (expected.destination !== undefined) checkDestination(played, expected.destination);
}

/** Events of one partition follow one another; those of different partitions do not, in real time. */
export function checkPartitions(played: Played, expected: Expectation, variant: Variant): void {
  if (expected.deliveries !== undefined) {
    const lists = played.function.deliveries.map(({ event }) => seen(event));
    expect(byPartition(lists)).toEqual(byPartition(expected.deliveries.map((text) => wanted(text, variant))));
  }
  for (const [partition, offsets] of Object.entries(expected.commits ?? {})) {
    const committed = played.commits.get(Number(partition)) ?? [];
    expect(committed.at(-1)).toBe(offsets.at(-1));
    // One commit may carry what two would have.
    expect(offsets).toEqual(expect.arrayContaining([...committed]));
  }
}

interface Seen {
  readonly positions: string;
  readonly thin: boolean;
}

function byPartition(list: readonly Seen[]): Readonly<Record<string, readonly string[]>> {
  const lists: Record<string, string[]> = {};
  for (const { positions, thin } of list) {
    for (const slice of positions.split(' | ')) {
      const [partition = '', offsets] = slice.split(': ');
      lists[partition] = [...(lists[partition] ?? []), `${thin ? 'thin' : 'full'} ${offsets}`];
    }
  }
  return lists;
}

function seen(event: KafkaEvent): Seen {
  return { positions: positionsOf(event), thin: Object.keys(event).join() === 'records' };
}

function wanted(text: string, variant: Variant): Seen {
  const [follows = '', ...positions] = text.split(' ');
  return { positions: positions.join(' '), thin: isThin(follows, variant) };
}

function positionsOf(event: KafkaEvent): string {
  return Object.values(event.records)
    .map((list) => `${list[0]?.partition}: ${list.map(({ offset }) => offset).join(' ')}`)
    .join(' | ');
}

function checkDiscards(got: readonly Required<DiscardData>[], expected: readonly DiscardData[]): void {
  expect(got).toHaveLength(expected.length);
  expect(got).toMatchObject(expected);
}

function discardOf(batch: DiscardedBatch): Required<DiscardData> {
  return {
    records: positionsOf(batch.payload),
    condition: batch.condition,
    attempts: batch.approximateInvokeCount,
    functionError: batch.responseContext === null ? 'none' : unhandled(batch.responseContext.functionError),
  };
}

function unhandled(error: string | null): 'Unhandled' | null {
  return error === null ? null : 'Unhandled';
}

function droppedOf(notice: MappingNotice): readonly Required<DiscardData>[] {
  if (notice.kind !== 'dropped') return [];
  const { condition, attempts, records } = notice;
  return [{ records: records.map(rangeText).join(' | '), condition, attempts, functionError: null }];
}

function rangeText({ partition, offsets }: RecordRange): string {
  return `${partition}: ${offsets.join(' ')}`;
}

function checkEvent(played: Played, { envelope, sent }: Expectation, variant: Variant): void {
  const event = played.function.deliveries[0]?.event;
  if (envelope !== undefined) {
    const { records, ...rest } = event ?? {};
    expect(records).toBeDefined();
    expect(Object.entries(rest)).toEqual(Object.entries(envelope).map(([k, v]) => [k, standsFor(v, played)]));
  }
  if (sent === undefined) return;
  const records = Object.values(event?.records ?? {}).flat();
  expect(records).toHaveLength(sent.length);
  for (const [index, fields] of sent.entries()) {
    for (const [name, value] of Object.entries(fields)) {
      if (value === ABSENT) expect(records[index]).not.toHaveProperty(name);
      else if (value === NULL) expect(records[index]).toSatisfy((record) => isNull(record, name, variant));
      // Exactly, so that an empty object is told from one with a name in it.
      else expect(records[index]).toEqual(expect.objectContaining({ [name]: standsFor(value, played) }));
    }
  }
}

/** What only the stage knows. */
function standsFor(value: unknown, { topic, startedAt, brokers }: Played): unknown {
  if (value === TOPIC) return topic;
  if (value === AT_START) return startedAt;
  return value === BROKERS ? brokers : value;
}

function isNull(record: unknown, name: string, { nullStyle }: Variant): boolean {
  const has = typeof record === 'object' && record !== null && Object.hasOwn(record, name);
  return nullStyle === 'omit'
    ? !has
    : has && Object.entries(record).some(([k, v]) => k === name && v === null);
}

function checkDestination(
  { discards, deadLetters }: Played,
  { kind, record, whole }: NonNullable<Expectation['destination']>,
): void {
  const [batch] = discards;
  if (batch === undefined) throw new Error('nothing was discarded');
  const built =
    kind === 'kafka'
      ? JSON.parse(String(deadLetters[0]?.value))
      : kind === 's3'
        ? buildS3Record(batch)
        : buildMetadataRecord(batch);
  expect(built).toMatchObject(whole === true ? {} : record);
  if (whole !== true) return;
  const { requestId } = built.requestContext;
  expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect({ ...built, requestContext: { ...built.requestContext, requestId: UUID } }).toEqual(record);
}
