import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyConcurrency, anyFate, anyStyle, fateWithoutHanging, plans } from '../support/arbitrary-plan.ts';
import { outcomes, playWorld } from '../support/play-world.ts';

const staging = (fate: typeof anyFate) =>
  fc.record({
    plans: plans(fate),
    ordering: fc.constant('none' as const),
    concurrency: anyConcurrency,
    style: anyStyle,
    park: fc.boolean(),
    asyncCodec: fc.boolean(),
    patience: fc.constant(12),
  });

describe('I4', () => {
  test('every record is attempted, whatever fails before it', async () => {
    await fc.assert(
      fc.asyncProperty(staging(fateWithoutHanging), async (play) => {
        const played = await playWorld(play);
        for (const { delivered, started } of outcomes(played)) {
          const decodable = delivered.filter(
            (record) => played.world.planOf(record)?.fate.kind !== 'undecodable',
          );
          expect(started.toSorted()).toEqual(decodable.toSorted());
        }
      }),
      { numRuns: 300 },
    );
  });

  test('exactly the failures are reported', async () => {
    await fc.assert(
      fc.asyncProperty(staging(anyFate), async (play) => {
        for (const { delivered, completed, reported } of outcomes(await playWorld(play))) {
          expect(reported.toSorted()).toEqual(
            delivered.filter((record) => !completed.includes(record)).toSorted(),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
