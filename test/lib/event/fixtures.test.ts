import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ConsumerRecord, json, kafkaHandler, text } from '../../../lib/index.ts';
import { aLambdaContext } from '../../../lib/testing/index.ts';
import { eventFixtures } from '../../support/event-fixtures.ts';

const folder = new URL('../../fixtures/events/', import.meta.url);
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

async function recordsOf(name: string): Promise<readonly ConsumerRecord<string>[]> {
  const seen: ConsumerRecord<string>[] = [];
  const handler = kafkaHandler({ value: text, handle: (record) => void seen.push(record) });
  expect(await handler(fixture(name), aLambdaContext())).toEqual({ batchItemFailures: [] });
  return seen;
}

describe('the sample events', () => {
  test.each(Object.keys(eventFixtures))('of shape %s are what the builders make', (name) => {
    expect(fixture(name)).toEqual(JSON.parse(JSON.stringify(eventFixtures[name])));
  });

  test('are all in a form that the runtime takes, those of the shop too', async () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(names.length).toBeGreaterThan(Object.keys(eventFixtures).length);
    for (const name of names) expect((await recordsOf(name.slice(0, -5))).length).toBeGreaterThan(0);
  });

  test('have a tombstone, which is not an empty value', async () => {
    expect((await recordsOf('tombstone')).map(({ value }) => value === null)).toEqual([false, true]);
    expect((await recordsOf('null-fields')).map(({ value, key }) => [value, key])).toEqual([
      [null, null],
      ['', ''],
    ]);
  });

  test('have headers of every kind: twice, empty, beyond ASCII, bytes, without a value, with an odd name', async () => {
    const [record] = await recordsOf('headers');
    const headers = Array.from(record?.headers ?? [], ([name, value]) => [name, value.toString('latin1')]);
    expect(headers).toEqual([
      ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
      ['name', 'Ã©'],
      ['name', 'twice'],
      ['empty', ''],
      ['bytes', '\u0000\u007f\u0080\u00ff'],
      ['__proto__', 'a name like any other'],
    ]);
    expect(Object.keys(fixture('headers').records['order-events-0'][0].headers[5])).toEqual([]);
    const [unsigned] = await recordsOf('unsigned-headers');
    expect(unsigned?.headers.text('name')).toBe('é');
  });

  test('have topics that differ only in where the hyphen is', async () => {
    const positions = (await recordsOf('several-partitions')).map(String);
    expect(positions).toContain('order-events-1@41');
    expect(positions).toContain('order-events-1-1@2');
  });

  test('have one with the metadata of a schema registry, for codecs that ask the mapping', async () => {
    const seen: unknown[] = [];
    const value = {
      ...json(),
      decode: (_: unknown, raw?: { readonly valueSchemaMetadata?: unknown }) =>
        seen.push(raw?.valueSchemaMetadata),
    };
    await kafkaHandler({ value, handle: () => {} })(fixture('schema-registry'), aLambdaContext());
    expect(seen).toEqual([{ dataFormat: 'AVRO', schemaId: '3d4a7c0e-6f0a-4c3e-9a63-0b1f6a1f2c55' }]);
  });
});
