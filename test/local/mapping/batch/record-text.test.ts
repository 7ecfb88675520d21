import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecordText, recordTextPrefix } from '../../../../local/mapping/batch/record-text.ts';
import { DEFAULT_KNOBS, type Knobs } from '../../../../local/mapping/knobs.ts';
import type { SourceRecord } from '../../../../local/source/record-source.ts';
import { aRecord } from '../support/builders.ts';

function build(overrides: Partial<SourceRecord>, knobs: Partial<Knobs> = {}) {
  return buildRecordText(recordTextPrefix('shop-orders', 0), aRecord(0, 41, overrides), {
    knobs: { ...DEFAULT_KNOBS, ...knobs },
  });
}

const parsed = (overrides: Partial<SourceRecord>, knobs: Partial<Knobs> = {}) =>
  JSON.parse(build(overrides, knobs).text);

describe('a record in the event', () => {
  it('has topic, partition, offset, timestamp and its type, and base64 with padding', () => {
    expect(
      parsed({ timestampType: 'LOG_APPEND_TIME', key: Buffer.from('a'), value: Buffer.from([0, 255]) }),
    ).toEqual({
      topic: 'shop-orders',
      partition: 0,
      offset: 41,
      timestamp: Date.parse('2026-01-01T00:00:00Z'),
      timestampType: 'LOG_APPEND_TIME',
      key: 'YQ==',
      value: 'AP8=',
      headers: [],
    });
  });

  it.each([
    ['omit', {}],
    ['null', { key: null, value: null }],
  ] as const)('writes a null key and a null value as the knob says: %s', (nullStyle, expected) => {
    const { key, value } = parsed({ key: null, value: null }, { nullStyle });
    expect(
      Object.fromEntries(Object.entries({ key, value }).filter(([, field]) => field !== undefined)),
    ).toEqual(expected);
  });

  it('keeps an empty value apart from null', () => {
    expect(parsed({ value: Buffer.alloc(0) }).value).toBe('');
  });

  it.each([
    ['empty-array', []],
    ['null', null],
    ['omit', undefined],
  ] as const)('writes missing headers as the knob says: %s', (noHeadersStyle, expected) => {
    expect(parsed({ headers: [] }, { noHeadersStyle }).headers).toEqual(expected);
  });

  it('keeps doubled names and their order, loses the name of a null header, and writes an empty one as []', () => {
    const headers = [
      ['a', Buffer.from('x')],
      ['a', Buffer.from('y')],
      ['gone', null],
      ['none', Buffer.alloc(0)],
    ] as const;
    expect(parsed({ headers }).headers).toEqual([{ a: [120] }, { a: [121] }, {}, { none: [] }]);
  });

  it.each([
    ['signed', [-61, -87]],
    ['unsigned', [195, 169]],
  ] as const)('writes header bytes as the knob says: %s', (headerBytes, expected) => {
    const shared = Buffer.from('..é').subarray(2);
    expect(parsed({ headers: [['h', shared]] }, { headerBytes }).headers).toEqual([{ h: expected }]);
  });

  it('is JSON of exactly the counted bytes, whatever is in it', () => {
    const bytes = fc.option(fc.uint8Array({ maxLength: 20 }).map((list) => Buffer.from(list)));
    fc.assert(
      fc.property(
        bytes,
        bytes,
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), bytes), { maxLength: 4 }),
        (key, value, headers) => {
          const { text, bytes: counted } = build({ key, value, headers });
          expect(counted).toBe(Buffer.byteLength(text));
          const record = JSON.parse(text);
          expect(record.value === undefined ? null : Buffer.from(record.value, 'base64')).toEqual(value);
          expect(record.headers.map((header: object) => Object.keys(header))).toEqual(
            headers.map(([name, bytesOfHeader]) => (bytesOfHeader === null ? [] : [name])),
          );
        },
      ),
    );
  });
});
