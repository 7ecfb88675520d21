import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  forgetOldest,
  type Interval,
  type Intervals,
  includesOffset,
  unite,
} from '../../../lib/checkpoint/intervals.ts';

const interval = fc.tuple(fc.nat(60), fc.nat(6)).map(([first, length]): Interval => [first, first + length]);
const some = fc.array(interval, { maxLength: 12 }).map((list) => unite(list, []));

const offsetsOf = (list: readonly Interval[]) =>
  new Set(
    list.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index)),
  );

test('a union has the offsets of both and no other, whichever comes first', () => {
  fc.assert(
    fc.property(some, fc.array(interval), (done, added) => {
      const united = unite(done, added);
      expect(unite(added, done)).toEqual(united);
      for (let offset = 0; offset < 70; offset++) {
        expect(includesOffset(united, offset)).toBe(offsetsOf([...done, ...added]).has(offset));
      }
    }),
  );
});

test('neighbours become one, so that a list is as short as it can be', () => {
  expect(unite([[0, 4]], [[5, 9]])).toEqual([[0, 9]]);
  fc.assert(
    fc.property(some, some, (one, other) => {
      const united = unite(one, other);
      united.slice(1).forEach(([first], index) => {
        expect(first).toBeGreaterThan((united[index]?.[1] ?? 0) + 1);
      });
    }),
  );
});

test('what is forgotten is the oldest, and never of the batch at hand', () => {
  const list: Intervals = [
    [0, 0],
    [2, 2],
    [4, 4],
    [6, 6],
  ];
  expect(forgetOldest(list, { limit: 3, keepFrom: 100 })).toEqual(list.slice(1));
  expect(forgetOldest(list, { limit: 1, keepFrom: 4 })).toEqual(list.slice(2));
  expect(forgetOldest(list, { limit: 4, keepFrom: 100 })).toBe(list);
});
