import { describe, expect, test } from 'vitest';
import type { RecordFailure } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

/** What was reported of a record for which `handle` returned this, and what the observer was told. */
async function returning(result: unknown) {
  const failures: RecordFailure[] = [];
  const observer = { recordFailed: (failure: RecordFailure) => void failures.push(failure) };
  const reported = [
    await runBatch([aRecord()], { observer, handle: () => result }),
    await runBatch([aRecord()], { observer, handle: async () => result }),
  ];
  return { reported, codes: failures.map(({ code }) => code), message: failures[0]?.message };
}

describe('a record is not taken for done when handle returned', () => {
  test.each([
    ['effects without a checkpoint', { writes: [] }],
    ['the failures of a batch, as a function for Lambda does', { batchItemFailures: [] }],
    ['a function, which nobody calls', () => {}],
    ['a generator, of which nothing has run', (function* () {})()],
    ['an asynchronous generator, of which nothing has run', (async function* () {})()],
  ])('%s', async (_, result) => {
    expect(await returning(result)).toMatchObject({
      reported: [['order-events-0@0'], ['order-events-0@0']],
      codes: ['INVALID_RESULT', 'INVALID_RESULT'],
      message: expect.stringContaining('returned effects without a checkpoint, failures, a function'),
    });
  });
});

describe('a record is done when handle returned', () => {
  test.each([
    [undefined],
    [null],
    [0],
    [false],
    ['text'],
    [[1]],
    [{ next: 'page-2' }],
    [{ call: { id: 'a telephone call' } }],
    [{ next: null, writes: null }],
    [Symbol('x')],
  ])('%s, which nobody could mean anything by', async (result) => {
    expect((await returning(result)).reported).toEqual([[], []]);
  });
});
