import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyConcurrency, anyFate, anyStyle, fateWithoutHanging, plans } from '../support/arbitrary-plan.ts';
import { type Outcome, outcomes, type Played, playWorld } from '../support/play-world.ts';

const staging = (fate: typeof anyFate) =>
  fc.record({
    plans: plans(fate),
    ordering: fc.constant('key' as const),
    concurrency: anyConcurrency,
    style: anyStyle,
    park: fc.boolean(),
    asyncCodec: fc.boolean(),
    patience: fc.constant(12),
  });

/** The deliveries of each key of each partition. Without a key is one key, and the empty key is another. */
function keys(played: Played): readonly Outcome[] {
  const { records, planOf } = played.world;
  const named = new Set(
    records.map(({ partition, key }) => `${partition} ${key === null ? 'none' : `'${key}'`}`),
  );
  return [...named].flatMap((name) =>
    outcomes(played, (record) => {
      const plan = planOf(record);
      return `${plan?.partition} ${plan?.key === null ? 'none' : `'${plan?.key}'`}` === name;
    }),
  );
}

describe('I3', () => {
  test('each key of a partition completes its records from its first on, in offset order', async () => {
    await fc.assert(
      fc.asyncProperty(staging(anyFate), async (play) => {
        for (const { delivered, completed } of keys(await playWorld(play))) {
          expect(completed).toEqual(delivered.slice(0, completed.length));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('behind the first failure of a key nothing of that key is attempted, and all of it is reported', async () => {
    await fc.assert(
      fc.asyncProperty(staging(anyFate), async (play) => {
        for (const { delivered, started, completed, reported } of keys(await playWorld(play))) {
          const attempted = delivered.slice(0, completed.length + 1);
          expect(started.filter((record) => !attempted.includes(record))).toEqual([]);
          expect(reported).toEqual(delivered.slice(completed.length));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a failed key never holds back another: a key stops at a failure of its own or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(staging(fateWithoutHanging), async (play) => {
        const played = await playWorld(play);
        for (const { reported, failed } of keys(played)) {
          const stoppedAt = reported
            .slice(0, 1)
            .filter((record) => played.world.planOf(record)?.fate.kind !== 'undecodable');
          expect(failed).toEqual(expect.arrayContaining(stoppedAt));
        }
      }),
      { numRuns: 300 },
    );
  });
});
