import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BACK_OFF } from '../../../../local/mapping/knobs.ts';
import { backOffDelay } from '../../../../local/mapping/work/back-off.ts';
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

  it.each([
    [0, 1000],
    [0.5, 900],
    [1, 800],
  ])('is a second the first time, less what chance (%d) takes of its fifth: %i ms', (chance, expected) => {
    expect(backOffDelay(DEFAULT_BACK_OFF, 1, () => chance)).toBe(expected);
  });
});
