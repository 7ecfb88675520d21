import { describe, expect, it } from 'vitest';
import { randomUuid } from '../../../../local/mapping/support/random-uuid.ts';
import { seededRandom } from '../../../../local/random.ts';

describe('an id', () => {
  it('is a version 4 UUID, the same for the same seed', () => {
    const uuid = randomUuid(seededRandom(7));
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(randomUuid(seededRandom(7))).toBe(uuid);
  });
});
