import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyConcurrency, anyFate, anyStyle, plans } from '../support/arbitrary-plan.ts';
import { type Outcome, outcomes, type Played, playWorld } from '../support/play-world.ts';
import { positionOf, type World } from '../support/scripted-world.ts';

const anyStaging = fc.record({
  plans: plans(anyFate),
  ordering: fc.constant('partition' as const),
  concurrency: anyConcurrency,
  style: anyStyle,
  park: fc.boolean(),
  asyncCodec: fc.boolean(),
  patience: fc.constant(12),
});

/** The deliveries of each lane that had a record in them. */
function lanes(played: Played): readonly Outcome[] {
  return [0, 1, 2].flatMap((partition) =>
    outcomes(played, (record) => played.world.planOf(record)?.partition === partition),
  );
}

/** What came to an end for the first time, in the order in which it did, of one partition. */
function firstCompletions({ happenings, planOf }: World, partition: number): readonly number[] {
  const completed = happenings
    .filter(
      ({ kind, record }) =>
        kind !== 'started' && kind !== 'failed' && planOf(record)?.partition === partition,
    )
    .map(({ record }) => Number(record.split('@')[1]));
  return [...new Set(completed)];
}

describe('I2', () => {
  test('a lane completes records from its first on, in offset order, and none behind one that did not complete', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        for (const { delivered, completed } of lanes(await playWorld(staging))) {
          expect(completed).toEqual(delivered.slice(0, completed.length));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a lane attempts nothing behind its first failure, and reports that record and every later one', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        for (const { delivered, started, completed, reported } of lanes(await playWorld(staging))) {
          const attempted = delivered.slice(0, completed.length + 1);
          expect(started.filter((record) => !attempted.includes(record))).toEqual([]);
          expect(reported).toEqual(delivered.slice(completed.length));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('over all deliveries records come to their first good end in offset order', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        const { world } = await playWorld(staging);
        for (const partition of [0, 1, 2]) {
          const offsets = firstCompletions(world, partition);
          expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('both readings of the partial response give the same deliveries', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        const [listedOnly, fromLowest] = await Promise.all(
          (['listed-only', 'from-lowest'] as const).map(async (reading) => {
            const { deliveries } = await playWorld({ ...staging, style: { ...staging.style, reading } });
            return deliveries.map(({ records }) => records.map(positionOf));
          }),
        );
        expect(listedOnly).toEqual(fromLowest);
      }),
      { numRuns: 100 },
    );
  });
});
