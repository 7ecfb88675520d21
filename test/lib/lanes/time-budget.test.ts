import { describe, expect, test } from 'vitest';
import { mayStartRecord, startBudget } from '../../../lib/lanes/time-budget.ts';
import { aLambdaContext } from '../../../lib/testing/index.ts';

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

test('a record may start until the margin is reached', () => {
  let now = 0;
  const budget = startBudget(aLambdaContext({ timeout: 10_000, now: () => now }), 1_000);
  now = 8_999;
  expect(mayStartRecord(budget)).toBe(true);
  now = 9_000;
  expect(mayStartRecord(budget)).toBe(false);
});
