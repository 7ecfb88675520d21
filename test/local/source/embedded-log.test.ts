import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, dropBefore, partitionLog, read } from '../../../local/source/embedded/partition-log.ts';
import type { SourceRecord } from '../../../local/source/record-source.ts';

const bytes = fc.option(fc.uint8Array({ maxLength: 40 }).map((content) => Buffer.from(content)));
const content = fc.record({
  timestamp: fc.nat(),
  key: bytes,
  value: bytes,
  headers: fc.array(fc.tuple(fc.string(), bytes), { maxLength: 3 }),
  gap: fc.nat({ max: 3 }),
});

const everything = { offset: 0, maxRecords: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };

describe('the log of a partition', () => {
  test('gives back every record as it was, across gaps, and forgets exactly what it is told to', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 60 }), fc.nat({ max: 200 }), (contents, cut) => {
        const log = partitionLog(2);
        const written: SourceRecord[] = [];
        let size = 0;
        for (const { gap, ...fields } of contents) {
          log.end += gap;
          written.push({ partition: 2, offset: log.end, timestampType: 'CREATE_TIME', ...fields });
          size += append(log, written.at(-1) as SourceRecord);
        }
        expect(read(log, everything)).toEqual(written);
        const kept = written.filter(({ offset }) => offset >= cut);
        const dropped = dropBefore(log, cut);
        expect(dropped.records).toBe(written.length - kept.length);
        expect(read(log, { ...everything, offset: cut })).toEqual(kept);
        expect(dropped.bytes + dropBefore(log, Number.MAX_SAFE_INTEGER).bytes).toBe(size);
      }),
    );
  });

  test('keeps records larger than its blocks beside small ones', () => {
    const log = partitionLog(0);
    const values = [10, 200_000, 10, 70_000, 0].map((length) => Buffer.alloc(length, length % 251));
    for (const value of values) {
      append(log, {
        partition: 0,
        offset: log.end,
        timestamp: 0,
        timestampType: 'CREATE_TIME',
        key: null,
        value,
        headers: [],
      });
    }
    expect(read(log, everything).map((record) => record.value)).toEqual(values);
  });
});
