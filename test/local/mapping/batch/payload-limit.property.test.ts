import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecordText, recordTextPrefix } from '../../../../local/mapping/batch/record-text.ts';
import { DEFAULT_KNOBS } from '../../../../local/mapping/knobs.ts';
import type { SourceRecord } from '../../../../local/source/record-source.ts';
import { aRecord, records } from '../support/builders.ts';
import { deliveriesOf, played } from '../support/virtual-mapping.ts';

const sizeOfEvent = (event: object | undefined) => Buffer.byteLength(JSON.stringify(event));

/** Bytes that a record adds to an event that has records of its partition already: its text and a comma. */
function sizeOfRecord(record: SourceRecord): number {
  const prefix = recordTextPrefix('shop-orders', record.partition);
  return 1 + Buffer.byteLength(buildRecordText(prefix, record, { knobs: DEFAULT_KNOBS }).text);
}

describe('the limit of an event', () => {
  it('is met to the byte: records that just fit go together, and with a byte less they do not', () => {
    const whole = sizeOfEvent(played([records(0, 0, 2)]).deliveries[0]?.event);
    expect(deliveriesOf(played([records(0, 0, 2)], { limits: { payloadBytes: whole } }))).toEqual([
      '0: 0 1 2',
    ]);
    expect(deliveriesOf(played([records(0, 0, 2)], { limits: { payloadBytes: whole - 1 } }))).toEqual([
      '0: 0 1',
      '0: 2',
    ]);
  });

  it('is met to the byte by one record alone: it goes out, and with a byte less it is given up', () => {
    const whole = sizeOfEvent(played([records(0, 0, 0)]).deliveries[0]?.event);
    expect(deliveriesOf(played([records(0, 0, 0)], { limits: { payloadBytes: whole } }))).toEqual(['0: 0']);
    expect(played([records(0, 0, 0)], { limits: { payloadBytes: whole - 1 } }).notices).toContainEqual(
      expect.objectContaining({ kind: 'dropped', condition: 'MaximumPayloadSizeExceeded' }),
    );
  });

  it('is 6,291,456 bytes', () => {
    const empty = sizeOfEvent(
      played([[aRecord(0, 0, { key: null, value: Buffer.alloc(0) })]]).deliveries[0]?.event,
    );
    const room = 6_291_456 - empty;
    // Of base64 every three bytes are four characters; what is left over is a header's.
    const value = Buffer.alloc(Math.floor(room / 4) * 3 - 30);
    const withHeader = (name: string) =>
      played([[aRecord(0, 0, { key: null, value, headers: [[name, Buffer.alloc(0)]] })]]);
    const left = 6_291_456 - sizeOfEvent(withHeader('').deliveries[0]?.event);
    expect(sizeOfEvent(withHeader('n'.repeat(left)).deliveries[0]?.event)).toBe(6_291_456);
    expect(withHeader('n'.repeat(left + 1)).deliveries).toEqual([]);
  });

  it('is never passed, and no event stops before a record that fits, whatever is in the records', () => {
    const bytes = fc.option(fc.uint8Array({ maxLength: 60 }).map((list) => Buffer.from(list)));
    const header = fc.tuple(fc.string({ unit: 'binary', maxLength: 8 }), bytes);
    const content = fc.record({ key: bytes, value: bytes, headers: fc.array(header, { maxLength: 2 }) });
    fc.assert(
      fc.property(
        fc.array(fc.array(content, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1500, max: 3000 }),
        (partitions, payloadBytes) => {
          const topic = partitions.map((list, partition) =>
            list.map((overrides, offset) => aRecord(partition, offset, overrides)),
          );
          const { deliveries } = played(topic, { limits: { payloadBytes } });
          for (const { event } of deliveries) {
            expect(sizeOfEvent(event)).toBeLessThanOrEqual(payloadBytes);
            const lists = Object.values(event.records);
            const last = lists.at(-1)?.at(-1);
            const next = topic[last?.partition ?? 0]?.[(last?.offset ?? 0) + 1];
            // The whole partition went, or what comes next in it had no room.
            if (next !== undefined)
              expect(sizeOfEvent(event) + sizeOfRecord(next)).toBeGreaterThan(payloadBytes);
          }
          const sent = deliveries.flatMap(({ event }) => Object.values(event.records).flat());
          expect(sent).toHaveLength(partitions.flat().length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
