import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, kafkaHandler } from '../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../lib/testing/index.ts';

const content = fc.option(fc.uint8Array({ maxLength: 20 }));
const anyRecord = fc.record({
  key: content,
  value: content,
  headers: fc.array(
    fc.tuple(fc.oneof(fc.string(), fc.constant('__proto__')), fc.uint8Array({ maxLength: 8 })),
    {
      maxLength: 4,
    },
  ),
});
const anyStyle = fc.record({
  nullStyle: fc.constantFrom('omit', 'null'),
  headerBytes: fc.constantFrom('signed', 'unsigned'),
  noHeadersStyle: fc.constantFrom('empty-array', 'null', 'omit'),
});
const asBuffer = (value: Uint8Array | null) => (value === null ? null : Buffer.from(value));

test('what is built is what the runtime reads, in every style that AWS may use', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRecord, { maxLength: 5 }), anyStyle, async (contents, style) => {
      const records = contents.map((details, offset) => aRecord({ ...details, offset }));
      const seen: unknown[] = [];
      const handler = kafkaHandler({
        value: bytes,
        key: bytes,
        handle: (record) => void seen.push([record.offset, record.key, record.value, [...record.headers]]),
      });
      await handler(JSON.parse(JSON.stringify(buildKafkaEvent(records, {}, style))), aLambdaContext());
      expect(seen).toEqual(
        records.map(({ offset, key, value, headers }) => [
          offset,
          asBuffer(key),
          asBuffer(value),
          headers.map(([name, header]) => [name, asBuffer(header)]),
        ]),
      );
    }),
  );
});

describe('an event', () => {
  test('has a list for each topic-partition, in the order of the records', () => {
    const event = buildKafkaEvent([
      aRecord({ partition: 2, offset: 5 }),
      aRecord(),
      aRecord({ partition: 2, offset: 9 }),
    ]);
    const offsets = Object.entries(event.records).map(([key, records]) => [
      key,
      records.map(({ offset }) => offset),
    ]);
    expect(offsets).toEqual([
      ['order-events-2', [5, 9]],
      ['order-events-0', [0]],
    ]);
  });

  test('has its envelope on a first delivery, and nothing but records on a thin retry', () => {
    const first = buildKafkaEvent([aRecord()], { eventSource: 'aws:kafka', bootstrapServers: 'b-1:9098' });
    expect(Object.keys(first)).toEqual(['eventSource', 'bootstrapServers', 'records']);
    expect(Object.keys(buildKafkaEvent([aRecord()]))).toEqual(['records']);
  });

  test('has signed header bytes, and a header with a null value without its name', () => {
    const record = aRecord({
      headers: [
        ['city', 'Mü'],
        ['lost', null],
      ],
    });
    expect(buildKafkaEvent([record]).records['order-events-0']?.[0]?.headers).toEqual([
      { city: [77, -61, -68] },
      {},
    ]);
  });
});
