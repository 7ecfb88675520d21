import type { KafkaRecord, RecordsBatch } from '@platformatic/kafka';
import { describe, expect, test } from 'vitest';
import { decodeBatches } from '../../../../local/source/kafka/decode-batches.ts';

const control = 0b100000;
const logAppendTime = 0b1000;

function batch(
  firstOffset: number,
  offsetDeltas: readonly number[],
  fields: Partial<RecordsBatch> = {},
): RecordsBatch {
  return {
    firstOffset: BigInt(firstOffset),
    length: 0,
    partitionLeaderEpoch: 0,
    magic: 2,
    crc: 0,
    attributes: 0,
    lastOffsetDelta: offsetDeltas.at(-1) ?? 0,
    firstTimestamp: 1_000n,
    maxTimestamp: 9_000n,
    producerId: -1n,
    producerEpoch: -1,
    firstSequence: -1,
    records: offsetDeltas.map(record),
    ...fields,
  };
}

function record(offsetDelta: number): KafkaRecord {
  const headers: KafkaRecord['headers'] = [[Buffer.from('trace'), null]];
  return {
    length: 0,
    attributes: 0,
    timestampDelta: 5n,
    offsetDelta,
    key: null,
    value: Buffer.from('x'),
    headers,
  };
}

const offsetsOf = (batches: readonly RecordsBatch[], offset: number) => {
  const { records, nextOffset } = decodeBatches(batches, { partition: 3, offset });
  return { offsets: records.map((one) => one.offset), nextOffset };
};

describe('decoding record batches', () => {
  test('drops what lies before the offset that was asked for', () => {
    expect(offsetsOf([batch(10, [0, 1, 2])], 11)).toEqual({ offsets: [11, 12], nextOffset: 13 });
  });

  test('moves over what compaction has removed, also at the end of a batch', () => {
    const compacted = [batch(0, [0, 4], { lastOffsetDelta: 9 }), batch(20, [], { lastOffsetDelta: 5 })];
    expect(offsetsOf(compacted, 0)).toEqual({ offsets: [0, 4], nextOffset: 26 });
  });

  test('moves over the markers of transactions', () => {
    expect(offsetsOf([batch(5, [0], { attributes: control }), batch(6, [0])], 5)).toEqual({
      offsets: [6],
      nextOffset: 7,
    });
  });

  test('stays where it is when there is nothing', () => {
    expect(offsetsOf([], 7)).toEqual({ offsets: [], nextOffset: 7 });
  });

  test('takes the time of the record, or that of the broker for the whole batch', () => {
    const { records } = decodeBatches([batch(0, [0]), batch(1, [0], { attributes: logAppendTime })], {
      partition: 3,
      offset: 0,
    });
    expect(records).toEqual([
      expect.objectContaining({ partition: 3, timestamp: 1_005, timestampType: 'CREATE_TIME' }),
      expect.objectContaining({
        timestamp: 9_000,
        timestampType: 'LOG_APPEND_TIME',
        headers: [['trace', null]],
      }),
    ]);
  });
});
