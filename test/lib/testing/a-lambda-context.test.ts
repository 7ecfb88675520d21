import { expect, test } from 'vitest';
import { aLambdaContext } from '../../../lib/testing/index.ts';

test('the time that is left runs down with the clock that was given, to nothing', () => {
  let now = 1_000;
  const context = aLambdaContext({ timeout: 3_000, now: () => now });
  now += 2_500;
  expect(context.getRemainingTimeInMillis()).toBe(500);
  now += 2_500;
  expect(context.getRemainingTimeInMillis()).toBe(0);
});

test('without a clock the time stands still, so that a test does not depend on how fast it runs', () => {
  expect(aLambdaContext({ timeout: 3_000 }).getRemainingTimeInMillis()).toBe(3_000);
});
