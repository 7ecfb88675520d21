import { expect, test } from 'vitest';
import { deathOf, noFaults, planFaults, throttleGate } from '../../../local/faults/fault-plan.ts';

const consumers = ['billing', 'inventory', 'notification'];

test('the same seed plans the same failures, another seed others', () => {
  expect(planFaults(7, consumers)).toEqual(planFaults(7, consumers));
  expect(planFaults(7, consumers)).not.toEqual(planFaults(8, consumers));
});

test('one environment of each function dies, in one of its first three invocations', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const plan = planFaults(seed, consumers);
    for (const name of consumers) {
      const deaths = [1, 2, 3, 4, 5].filter((invocation) => deathOf(plan, name, invocation) !== undefined);
      expect(deaths).toHaveLength(1);
      expect(deaths[0]).toBeLessThanOrEqual(3);
    }
  }
  expect(deathOf(noFaults, 'billing', 1)).toBeUndefined();
});

test('a throttle begins with its request and ends by the clock, however many requests come', () => {
  let now = 1_000;
  const isThrottled = throttleGate({ deaths: [], throttles: [{ fromRequest: 3, forMs: 500 }] }, () => now);
  expect([1, 2].map(isThrottled)).toEqual([false, false]);
  now = 9_000;
  expect([3, 4, 5].map(isThrottled)).toEqual([true, true, true]);
  now = 9_499;
  expect(isThrottled(6)).toBe(true);
  now = 9_500;
  expect(isThrottled(7)).toBe(false);
});
