import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyConcurrency, anyFate, anyOrdering, anyStyle, plans } from '../support/arbitrary-plan.ts';
import { type Played, playWorld } from '../support/play-world.ts';
import { positionOf } from '../support/scripted-world.ts';

const anyStaging = fc.record({
  plans: plans(anyFate),
  ordering: anyOrdering,
  concurrency: anyConcurrency,
  style: anyStyle,
  park: fc.boolean(),
  asyncCodec: fc.boolean(),
  patience: fc.constant(12),
});

/** Records that the mapping counts as done although no call for them, up to that answer, came to a good end. */
function lost({ world, deliveries }: Played): readonly string[] {
  return deliveries.flatMap((delivery, index) => {
    const good = world.happenings.filter(
      ({ kind, invocation }) =>
        invocation <= index + 1 && (kind === 'done' || kind === 'late' || kind === 'parked'),
    );
    const finished = new Set(good.map(({ record }) => record));
    return delivery.resolved.map(positionOf).filter((record) => !finished.has(record));
  });
}

describe('I1', () => {
  test('no record is ever counted as done that was not handled or parked, under both readings', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        expect(lost(await playWorld(staging))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('every record is done in the end, when none fails for ever and what is permanent can be parked', async () => {
    const drained = anyStaging.map((staging) => ({ ...staging, park: true, patience: 200 }));
    await fc.assert(
      fc.asyncProperty(drained, async (staging) => {
        const { world, resolved } = await playWorld(staging);
        expect(resolved.toSorted()).toEqual(world.records.map(positionOf).toSorted());
      }),
      { numRuns: 200 },
    );
  });

  test('a permanent failure comes again for ever where there is nothing to park it', async () => {
    await fc.assert(
      fc.asyncProperty(anyStaging, async (staging) => {
        const { world, resolved } = await playWorld({ ...staging, park: false });
        const permanent = resolved.filter((record) =>
          ['permanent', 'undecodable'].includes(world.planOf(record)?.fate.kind ?? ''),
        );
        expect(permanent).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
