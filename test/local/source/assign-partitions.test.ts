import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignPartitions } from '../../../local/source/assign-partitions.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, partition) => partition);

describe('sharing out partitions', () => {
  test('gives each partition to exactly one member, as even as possible, whoever held what', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 50 }),
        fc.integer({ min: 1, max: 10 }),
        (count, holders, memberCount) => {
          const held = upTo(memberCount).map((member) =>
            holders.flatMap((holder, partition) => (holder === member ? [partition] : [])),
          );
          const shares = assignPartitions(upTo(count), held);
          expect(shares.flat().sort((one, other) => one - other)).toEqual(upTo(count));
          const sizes = shares.map((share) => share.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('moves only what a new member needs', () => {
    expect(assignPartitions(upTo(6), [[0, 1, 2], [3, 4, 5], []])).toEqual([
      [0, 1],
      [3, 4],
      [2, 5],
    ]);
  });

  test('gives the partitions of a member that left to the others', () => {
    expect(
      assignPartitions(upTo(6), [
        [0, 1],
        [3, 4],
      ]),
    ).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  test('leaves members beyond the number of partitions with nothing', () => {
    expect(assignPartitions(upTo(1), [[], [0], []])).toEqual([[], [0], []]);
  });
});
