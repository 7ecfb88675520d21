import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addOffset, cutOffsets, emptyOffsetSet, missingOffsets } from '../../../local/run/offset-set.ts';

const offsets = fc.array(fc.nat(60), { maxLength: 80 });

function setOf(members: readonly number[]) {
  const set = emptyOffsetSet();
  for (const offset of members) addOffset(set, offset);
  return set;
}

const sorted = (members: Iterable<number>) => [...new Set(members)].sort((a, b) => a - b);

test('the offsets that are missing are those a plain set would miss, whatever the order and the gaps', () => {
  fc.assert(
    fc.property(offsets, offsets, fc.nat(70), (all, some, end) => {
      const expected = sorted(all).filter((offset) => offset < end && !some.includes(offset));
      expect(missingOffsets(setOf(all), setOf(some), end)).toEqual(expected);
    }),
  );
});

test('a set that is cut keeps what is below, and takes more', () => {
  fc.assert(
    fc.property(offsets, offsets, fc.nat(70), (before, after, first) => {
      const set = setOf(before);
      cutOffsets(set, first);
      for (const offset of after) addOffset(set, offset);
      const expected = sorted([...before.filter((offset) => offset < first), ...after]);
      expect(missingOffsets(set, emptyOffsetSet(), 100)).toEqual(expected);
    }),
  );
});
