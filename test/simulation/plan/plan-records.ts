import { type Random, randomInteger } from '../../../local/random.ts';
import type { SourceRecord } from '../../../local/source/record-source.ts';
import { chance, pick } from './draw.ts';
import { drawFate, type Fate, type FateRules } from './fate.ts';

/** A payload that must never be seen outside of events. */
export const SECRET = 'do-not-tell';
/** 2026-01-01T00:00:00Z */
export const START = 1_767_225_600_000;
/** Bytes of an event that the simulated mappings send at most; an oversized record alone is above it. */
export const PAYLOAD_BYTES = 6_000;

export interface PlannedRecord {
  readonly source: SourceRecord;
  readonly fate: Fate;
  /** Milliseconds of the function's time. */
  readonly cost: number;
  /** Microtasks that its call takes; with 0 it is synchronous. */
  readonly ticks: number;
  /** How often parking it is refused. */
  readonly parkRefusals: number;
}

export interface PlannedPartition {
  readonly records: readonly PlannedRecord[];
  readonly endOffset: number;
}

export interface RecordRules extends FateRules {
  readonly partition: number;
  readonly count: number;
  /** Share of offsets that are missing: compacted, or a transaction's marker. */
  readonly gaps: number;
  readonly slow: boolean;
}

export function planPartition(random: Random, rules: RecordRules): PlannedPartition {
  const records: PlannedRecord[] = [];
  let offset = chance(random, 0.2) ? randomInteger(random, 1, 50) : 0;
  for (let index = 0; index < rules.count; index += 1) {
    if (chance(random, rules.gaps)) offset += randomInteger(random, 1, 4);
    records.push(planRecord(random, rules, offset));
    offset += 1;
  }
  // A log may end in a marker, which is no record.
  return { records, endOffset: chance(random, rules.gaps) ? offset + 1 : offset };
}

function planRecord(random: Random, rules: RecordRules, offset: number): PlannedRecord {
  const fate = drawFate(random, rules);
  const source: SourceRecord = {
    partition: rules.partition,
    offset,
    timestamp: START - randomInteger(random, 0, 50_000),
    timestampType: chance(random, 0.5) ? 'CREATE_TIME' : 'LOG_APPEND_TIME',
    key: pick(random, [null, Buffer.from(''), Buffer.from('a'), Buffer.from('b'), Buffer.of(0xff, 0xfe)]),
    value: payloadOf(random, fate, rules),
    headers: chance(random, 0.1) ? [['trace', Buffer.of(1, 200)]] : [],
  };
  return {
    source,
    fate,
    cost: rules.slow && chance(random, 0.2) ? randomInteger(random, 50, 240) : randomInteger(random, 0, 20),
    ticks: chance(random, 0.7) ? 0 : randomInteger(random, 1, 3),
    parkRefusals: chance(random, 0.2) ? 1 : 0,
  };
}

function payloadOf(random: Random, fate: Fate, rules: FateRules): Buffer | null {
  // A tombstone does not match the filter.
  if (fate.kind === 'filtered') return chance(random, 0.2) ? null : Buffer.from('{"kind":"skip"}');
  if (fate.kind === 'undecodable') return Buffer.from(`{"${SECRET}`);
  if (fate.kind === 'succeeds' && !rules.filter && chance(random, 0.05)) return null;
  const filler = fate.kind === 'oversized' ? 'x'.repeat(PAYLOAD_BYTES) : '';
  return Buffer.from(`{"kind":"keep","text":"${SECRET}","filler":"${filler}"}`);
}
