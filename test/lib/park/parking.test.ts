import { expect, test } from 'vitest';
import { PermanentError } from '../../../lib/index.ts';
import { type ParkedDocument, type ParkSink, parking } from '../../../lib/park/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

/** Parks one record in a place of this size, which it takes whole or by reference. */
async function parkInto(largest: number, overflow: boolean) {
  const written: string[] = [];
  const sink: ParkSink = {
    name: 'shelfPark',
    service: 'the shelf',
    largest,
    sizeOf: () => 100,
    write: async (document) => void written.push('stored' in document ? 'a reference' : 'the document'),
  };
  const store = async ({ offset }: ParkedDocument) => {
    written.push(`${offset} elsewhere`);
    return { kind: 's3', bucket: 'parked', key: 'k' } as const;
  };
  const reported = await runBatch([aRecord({ offset: 7 })], {
    park: parking(sink, { group: 'billing', ...(overflow && { overflow: store }) }),
    handle: () => {
      throw new PermanentError('never');
    },
  });
  return { written, reported };
}

test('what just fits is parked whole', async () => {
  expect(await parkInto(100, true)).toEqual({ written: ['the document'], reported: [] });
});

test('what is a byte too large is parked by reference, after it is stored elsewhere', async () => {
  expect(await parkInto(99, true)).toEqual({ written: ['7 elsewhere', 'a reference'], reported: [] });
});

test('what is a byte too large and has nowhere else to go fails', async () => {
  expect(await parkInto(99, false)).toEqual({ written: [], reported: ['order-events-0@7'] });
});
