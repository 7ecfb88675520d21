import fc from 'fast-check';
import type { MappingStyle } from '../../lib/testing/index.ts';
import type { Fate, RecordPlan } from './scripted-world.ts';

const weighted = (weight: number, fate: fc.Arbitrary<Fate>) => ({ weight, arbitrary: fate });
const times = fc.integer({ min: 1, max: 3 });
const succeeds = weighted(6, fc.constant<Fate>({ kind: 'succeeds' }));
const fails = weighted(
  2,
  times.map((count): Fate => ({ kind: 'fails', times: count })),
);
const hangs = weighted(
  1,
  times.map((count): Fate => ({ kind: 'hangs', times: count })),
);
const permanent = weighted(1, fc.constant<Fate>({ kind: 'permanent' }));
const undecodable = weighted(1, fc.constant<Fate>({ kind: 'undecodable' }));

/** Everything that can happen to a record. */
export const anyFate: fc.Arbitrary<Fate> = fc.oneof(succeeds, fails, hangs, permanent, undecodable);

/** Nothing that takes the invocation's whole time. */
export const fateWithoutHanging: fc.Arbitrary<Fate> = fc.oneof(succeeds, fails, permanent, undecodable);

/** Records of up to three partitions with gaps, few and missing and empty keys, and tombstones. */
export function plans(
  fate: fc.Arbitrary<Fate>,
  cost: fc.Arbitrary<number> = fc.constant(1),
): fc.Arbitrary<readonly RecordPlan[]> {
  const plan = fc.record({
    partition: fc.integer({ min: 0, max: 2 }),
    gap: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5 })),
    key: fc.constantFrom('a', 'b', 'c', '', null),
    tombstone: fc.boolean(),
    fate,
    ticks: fc.integer({ min: 0, max: 3 }),
    cost,
    parkFails: fc.nat({ max: 2 }),
  });
  return fc.array(plan, { minLength: 1, maxLength: 24, size: 'max' });
}

/** Every way in which AWS may deliver and retry. */
export const anyStyle: fc.Arbitrary<MappingStyle> = fc.record({
  reading: fc.constantFrom('listed-only', 'from-lowest'),
  retries: fc.constantFrom('thin', 'full'),
  grouping: fc.constantFrom('merged', 'per-partition'),
  nullStyle: fc.constantFrom('omit', 'null'),
  noHeadersStyle: fc.constantFrom('empty-array', 'null', 'omit'),
});

export const anyOrdering = fc.constantFrom('partition', 'key', 'none');

export const anyConcurrency = fc.integer({ min: 1, max: 5 });
