import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeque, peek, push, shift, sizeOf } from '../../../../local/mapping/support/deque.ts';
import {
  createTimerHeap,
  earliest,
  setTimer,
  takeDue,
} from '../../../../local/mapping/support/timer-heap.ts';

describe('timers', () => {
  it('come due by time, and those of one time in the order they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10)), (times) => {
        const heap = createTimerHeap<number>();
        for (const [index, at] of times.entries()) setTimer(heap, at, index);
        const taken: number[] = [];
        for (let next = takeDue(heap, 10); next !== undefined; next = takeDue(heap, 10)) taken.push(next);
        const expected = [...times.keys()].toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
        expect(taken).toEqual(expected);
      }),
    );
  });

  it('do not come before their time', () => {
    const heap = createTimerHeap<string>();
    setTimer(heap, 5, 'later');
    expect([takeDue(heap, 4), earliest(heap), takeDue(heap, 5), earliest(heap)]).toEqual([
      undefined,
      5,
      'later',
      undefined,
    ]);
  });
});

describe('a deque', () => {
  it('gives back what was pushed, first in first out, also past its compaction', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 6 }), (bursts) => {
        const deque = createDeque<number>();
        let next = 0;
        let expected = 0;
        for (const burst of bursts) {
          for (let count = 0; count < burst; count += 1) push(deque, next++);
          for (let count = 0; count < burst * 0.7; count += 1) expect(shift(deque)).toBe(expected++);
          expect([sizeOf(deque), peek(deque)]).toEqual([
            next - expected,
            next > expected ? expected : undefined,
          ]);
        }
      }),
      { numRuns: 20 },
    );
  });
});
