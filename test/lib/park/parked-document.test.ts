import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { json } from '../../../lib/index.ts';
import { parkedDocument, parkedJson, producible, readParked } from '../../../lib/park/index.ts';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';
import { projectRoot } from '../../support/source-files.ts';

/** What a function of the user's own parks. */
async function parkedText(details: RecordDetails): Promise<string> {
  const texts: string[] = [];
  await runBatch([aRecord(details)], {
    value: { ...json(), decode: () => JSON.parse('{') },
    park: (record, error) => {
      texts.push(parkedJson(parkedDocument(record, error, { group: 'billing', now: 0 })));
    },
  });
  return texts[0] ?? '';
}

describe('a parked document', () => {
  test('gives back the record to the byte, whatever is in it', async () => {
    const anyBytes = fc.option(fc.uint8Array({ maxLength: 64 }), { nil: null });
    const details = fc.record({
      partition: fc.nat(),
      timestamp: fc.nat(),
      key: anyBytes,
      value: fc.uint8Array({ maxLength: 64 }),
      headers: fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 8 }))),
    });
    await fc.assert(
      fc.asyncProperty(details, async (given) => {
        const document = readParked(await parkedText(given));
        if ('stored' in document) throw new Error('nothing was too large');
        const { topic, partition, timestamp, key, value, headers } = aRecord(given);
        const produced = producible(document);
        expect(produced).toEqual({
          topic,
          partition,
          timestamp,
          key: key && Buffer.from(key),
          value: value && Buffer.from(value),
          headers: headers.map(([name, content]) => [name, Buffer.from(content ?? [])]),
        });
      }),
      { numRuns: 200 },
    );
  });

  test('leaves the time to the broker where the broker had set it', async () => {
    for (const details of [{ timestampType: 'LOG_APPEND_TIME' }, { timestamp: -1 }] as const) {
      const document = readParked(await parkedText({ ...details, value: 'x' }));
      if ('stored' in document) throw new Error('nothing was too large');
      expect(producible(document).timestamp).toBeUndefined();
    }
  });

  test('has the fields that docs/parking.md describes, and no others', async () => {
    const text = readFileSync(join(projectRoot, 'docs/parking.md'), 'utf8');
    const table = text.slice(text.indexOf('## The document'), text.indexOf('An SQS message'));
    const described = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    const fields = Object.keys(JSON.parse(await parkedText({ value: 'x' })));
    expect(described.toSorted()).toEqual([...fields, 'stored'].toSorted());
  });

  test.each([
    ['no JSON', '{"version":1'],
    ['null', 'null'],
    ['another version', { version: 2 }],
    ['no version', { version: undefined }],
    ['an offset that cannot be told exactly', { offset: 2 ** 60 }],
    ['a key that is no text', { key: 7 }],
    ['no value', { value: undefined }],
    ['a header that is no pair', { headers: ['trace'] }],
    ['a reference without a place', { stored: {} }],
    ['a reference to nothing', { stored: null }],
  ])('is refused with %s', async (_, change) => {
    const good = await parkedText({ value: 'x' });
    expect(() => readParked(good)).not.toThrow();
    const text = typeof change === 'string' ? change : JSON.stringify({ ...JSON.parse(good), ...change });
    expect(() => readParked(text)).toThrow(expect.objectContaining({ code: 'NOT_A_PARKED_DOCUMENT' }));
  });
});
