import { describe, expect, it } from 'vitest';
import { DEFAULT_KNOBS, KNOB_TABLE, readKnobs } from '../../../local/mapping/knobs.ts';

describe('knobs', () => {
  it('have the first value of their list when nothing is given, each with its rule and what it does', () => {
    for (const [name, knob] of Object.entries(KNOB_TABLE)) {
      expect(DEFAULT_KNOBS).toHaveProperty(name, knob.values[0]);
      expect([knob.rule, knob.doc]).toEqual([expect.stringMatching(/^R\d/), expect.stringMatching(/\w{4}/)]);
    }
    expect(DEFAULT_KNOBS.backoff).toEqual({ initialMs: 1000, factor: 2, maximumMs: 30_000, jitter: 0.2 });
  });

  it('take what is given', () => {
    const knobs = readKnobs({
      partialReading: 'from-lowest',
      ageCondition: 'TooOld',
      backoff: { initialMs: 5 },
    });
    expect(knobs).toMatchObject({ partialReading: 'from-lowest', ageCondition: 'TooOld', nullStyle: 'omit' });
    expect(knobs.backoff).toMatchObject({ initialMs: 5, factor: 2 });
  });

  it.each([
    [{ partialReadin: 'listed-only' }, /no knob "partialReadin"; did you mean "partialReading"\?/],
    [{ thinretry: 'always' }, /did you mean "thinRetry"\?/],
    [{ nullStyle: 'nil' }, /knob "nullStyle" must be omit or null, got "nil"/],
    [{ ageCondition: 7 }, /knob "ageCondition" must be a text, got 7/],
    [{ backoff: 'slow' }, /knob "backoff" must be/],
    [{ backoff: { factor: 0.5 } }, /knob "backoff" must be/],
    [{ backoff: { jitter: -1 } }, /knob "backoff" must be/],
  ])('refuse %j', (given, message) => {
    expect(() => readKnobs(given)).toThrow(message);
  });
});
