import { describe, expect, test } from 'vitest';
import { json, PermanentError } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { observerOf } from '../../support/observer-hooks.ts';
import { remembering, runBatch } from '../../support/run-batch.ts';

const batch = [0, 1, 2, 3].map((offset) => aRecord({ offset, timestamp: 1_000 + offset }));

describe('an observer', () => {
  test('is told how a batch begins, what became of each record, and how it ended', async () => {
    const told: unknown[] = [];
    const { handle } = remembering('order-events-0@1');
    await runBatch(batch, { handle, observer: observerOf((name, event) => told.push([name, event])) });
    const awsRequestId = '00000000-0000-4000-8000-000000000000';
    const at = (offset: number) => ({
      topic: 'order-events',
      partition: 0,
      offset,
      timestamp: 1_000 + offset,
    });
    expect(told).toEqual([
      ['batchStarted', { awsRequestId, lanes: 1, records: 4 }],
      ['recordDone', at(0)],
      [
        'recordFailed',
        expect.objectContaining({ ...at(1), code: 'HANDLE_FAILED', name: 'Error', permanent: false }),
      ],
      [
        'batchEnded',
        {
          awsRequestId,
          lanes: 1,
          records: 4,
          done: 1,
          parked: 0,
          skipped: 0,
          failed: 1,
          unfinished: 2,
          oldest: 1_000,
          oldestUnresolved: 1_001,
          remaining: 30_000,
        },
      ],
    ]);
  });

  test('is told what was parked, and what could not be', async () => {
    const told: [name: string, code: string | undefined][] = [];
    const observer = observerOf((name, event) =>
      told.push([name, (event as { readonly code?: string }).code]),
    );
    const handle = () => {
      throw new PermanentError('never', { code: 'UNKNOWN_KIND' });
    };
    await runBatch(batch.slice(0, 1), { handle, observer, park: () => {} });
    await runBatch(batch.slice(0, 1), {
      handle,
      observer,
      park: () => Promise.reject(new Error('queue gone')),
    });
    expect(told.filter(([name]) => name.startsWith('record'))).toEqual([
      ['recordParked', 'UNKNOWN_KIND'],
      ['recordFailed', 'PARK_FAILED'],
    ]);
  });

  test('learns where handle threw, although not what it said', async () => {
    const failures: { readonly where?: string; readonly message?: string }[] = [];
    function issueInvoice() {
      throw new TypeError('quotes\n    at the record');
    }
    await runBatch(batch.slice(0, 1), {
      handle: issueInvoice,
      observer: { recordFailed: (failure) => void failures.push(failure) },
    });
    expect(failures[0]?.where).toMatch(/^at Object\.issueInvoice .*observer\.test\.ts:\d+:\d+\)$/);
    expect(failures[0]?.message).toBeUndefined();
  });

  test('that throws, or rejects, fails no record', async () => {
    const throwing = observerOf(() => {
      throw new Error('logger broken');
    });
    const rejecting = observerOf(() => Promise.reject(new Error('logger broken')));
    for (const observer of [throwing, rejecting]) {
      expect(await runBatch(batch, { observer })).toEqual([]);
    }
    // A rejection that nobody handles would be reported by the test runner.
    await new Promise((resolve) => setImmediate(resolve));
  });

  test('may be an object with methods', async () => {
    class Counter {
      failures = 0;
      recordFailed() {
        this.failures++;
      }
    }
    const counter = new Counter();
    await runBatch([aRecord({ value: 'nope' })], { value: json(), observer: counter });
    expect(counter.failures).toBe(1);
  });
});
