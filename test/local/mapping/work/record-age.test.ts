import { describe, expect, it } from 'vitest';
import { isExpired, splitExpired } from '../../../../local/mapping/work/record-age.ts';

describe('a record’s age', () => {
  it.each([
    [1000, -1, false],
    [1000, 500, true],
    [1000, 1000, false],
  ])('of %i ms with a limit of %i ms is over it: %s', (age, limit, expected) => {
    expect(isExpired(5000 - age, limit, 5000)).toBe(expected);
  });

  it('parts the fresh from the expired, each in order', () => {
    const records = [1, 9, 2, 8].map((timestamp) => ({ timestamp }));
    expect(splitExpired(records, 3, 10)).toEqual({
      fresh: [{ timestamp: 9 }, { timestamp: 8 }],
      expired: [{ timestamp: 1 }, { timestamp: 2 }],
    });
  });
});
