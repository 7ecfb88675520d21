import { describe, expect, test } from 'vitest';
import { mayStartRecord, startBudget, type Timer } from '../../../lib/lanes/time-budget.ts';
import { aLambdaContext, aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

describe('the margin before the deadline', () => {
  test.each([
    [900_000, 10_000],
    [60_000, 6_000],
    [30_000, 3_000],
    [3_000, 500],
    [600, 300],
    [0, 0],
  ])('of a function with %i ms left is %i ms, and half of it is for the answer', (timeout, margin) => {
    const budget = startBudget(aLambdaContext({ timeout }));
    expect([budget.margin, budget.answerAt]).toEqual([margin, margin / 2]);
  });

  test('is as long as it was set', () => {
    expect(startBudget(aLambdaContext({ timeout: 30_000 }), 1_000).margin).toBe(1_000);
  });

  test('that leaves no time for any record is an error, and not the same batch for ever', () => {
    expect(() => startBudget(aLambdaContext({ timeout: 3_000 }), 3_000)).toThrow(
      'deadlineMargin is 3000 ms, expected less than the 3000 ms that are left',
    );
  });
});

describe('the timer of the answer', () => {
  /** For how long it was set, when `handle` has used this much of the processor before its first await. */
  async function setFor(timeout: number, used = 0): Promise<readonly number[]> {
    const set: number[] = [];
    let now = 0;
    const timer: Timer = (_then, milliseconds) => {
      set.push(milliseconds);
      return () => {};
    };
    const handle = async () => {
      now += used;
    };
    await runBatch([aRecord()], { timer, handle }, aLambdaContext({ timeout, now: () => now }));
    return set;
  }

  test('is set for the moment at which half the margin is left', async () => {
    expect(await setFor(30_000)).toEqual([28_500]);
    expect(await setFor(30_000, 1_000)).toEqual([27_500]);
  });

  test('is set for now when that moment has passed', async () => {
    expect(await setFor(30_000, 29_000)).toEqual([0]);
  });

  test('is set for the longest that setTimeout takes, where a test has time without end: beyond, it would ring at once', async () => {
    expect(await setFor(Number.POSITIVE_INFINITY)).toEqual([2_147_483_647]);
  });
});

test('a record may start until the margin is reached', () => {
  let now = 0;
  const budget = startBudget(aLambdaContext({ timeout: 10_000, now: () => now }), 1_000);
  now = 8_999;
  expect(mayStartRecord(budget)).toBe(true);
  now = 9_000;
  expect(mayStartRecord(budget)).toBe(false);
});
