import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BACK_OFF } from '../../../../local/mapping/knobs.ts';
import { randomUuid } from '../../../../local/mapping/support/random-uuid.ts';
import { backOffDelay } from '../../../../local/mapping/work/back-off.ts';
import { isExpired, splitExpired } from '../../../../local/mapping/work/record-age.ts';
import { seededRandom } from '../../../../local/random.ts';

describe('the back-off', () => {
  it('doubles from one second to thirty, and jitter takes a fifth at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(), (failures, seed) => {
        const delay = backOffDelay(DEFAULT_BACK_OFF, failures, seededRandom(seed));
        const full = Math.min(30_000, 1000 * 2 ** (failures - 1));
        expect(delay).toBeGreaterThanOrEqual(full * 0.8 - 1);
        expect(delay).toBeLessThanOrEqual(full);
      }),
    );
  });
});

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

describe('an id', () => {
  it('is a version 4 UUID, the same for the same seed', () => {
    const uuid = randomUuid(seededRandom(7));
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(randomUuid(seededRandom(7))).toBe(uuid);
  });
});
