import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDeadline } from '../../../local/function/deadline.ts';

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A deadline of a second, and how often it was over. */
function aDeadline(limit = 1_000) {
  let times = 0;
  const deadline = startDeadline(limit, () => {
    times += 1;
  });
  return { deadline, times: () => times };
}

test('a deadline is over once its time has passed', () => {
  const { times } = aDeadline();
  vi.advanceTimersByTime(990);
  expect(times()).toBe(0);
  vi.advanceTimersByTime(20);
  expect(times()).toBe(1);
});

test('the time in which it is held does not count, and what was left is left', () => {
  const { deadline, times } = aDeadline();
  vi.advanceTimersByTime(600);
  deadline.hold();
  deadline.hold();
  vi.advanceTimersByTime(3_600_000);
  deadline.release();
  deadline.release();
  vi.advanceTimersByTime(390);
  expect(times()).toBe(0);
  vi.advanceTimersByTime(20);
  expect(times()).toBe(1);
});

test.each(['running', 'held'])('one that is cancelled while %s is never over', (state) => {
  const { deadline, times } = aDeadline();
  if (state === 'held') deadline.hold();
  deadline.cancel();
  vi.advanceTimersByTime(3_600_000);
  expect(times()).toBe(0);
});

test('one without a limit is never over', () => {
  const { times } = aDeadline(Number.POSITIVE_INFINITY);
  vi.advanceTimersByTime(2 ** 31);
  expect(times()).toBe(0);
});
