import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyConcurrency, anyFate, anyOrdering, anyStyle, plans } from '../support/arbitrary-plan.ts';
import { outcomes, playWorld } from '../support/play-world.ts';

/** By default the margin of a function with a second and a half is half a second, and no call takes more than 200 ms of the processor. */
const timeout = 1_500;
const margin = 500;

const anyStaging = fc.record({
  plans: plans(anyFate, fc.integer({ min: 0, max: 200 })),
  ordering: anyOrdering,
  concurrency: anyConcurrency,
  style: anyStyle,
  park: fc.boolean(),
  asyncCodec: fc.boolean(),
  timeout: fc.constant(timeout),
  patience: fc.constant(12),
});

describe('I6', () => {
  test('no record is started once the margin before the deadline is reached', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        const { world } = await playWorld(staging);
        const started = world.happenings.filter(({ kind }) => kind === 'started');
        expect(started.filter(({ remaining }) => remaining <= margin)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('the function answers before its time is up, however many records there are and whatever hangs', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        const { deliveries, remainingAtAnswer } = await playWorld(staging);
        expect(remainingAtAnswer.length).toBe(deliveries.length);
        expect(remainingAtAnswer.filter((remaining) => remaining <= 0)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('what was not finished in time is reported, with what was never started', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        for (const { delivered, completed, reported } of outcomes(await playWorld(staging))) {
          expect(reported.toSorted()).toEqual(
            delivered.filter((record) => !completed.includes(record)).toSorted(),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
