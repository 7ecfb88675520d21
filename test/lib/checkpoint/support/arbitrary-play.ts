import fc from 'fast-check';
import type { Ordering } from '../../../../lib/index.ts';
import { aRecord, type TestRecord } from '../../../../lib/testing/index.ts';
import type { EnvironmentPlan } from './faults.ts';
import type { PlayPlan } from './play-checkpoint.ts';
import { type Kind, kinds } from './shop-of-effects.ts';

/** Offsets have gaps, and timestamps are in no order: producers have clocks of their own. */
const detail = fc.record({
  partition: fc.nat(1),
  gap: fc.constantFrom(1, 1, 1, 2, 7),
  timestamp: fc.nat(50),
  key: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom<Kind>('count', 'count', 'shared', ...kinds),
});

const environmentPlan: fc.Arbitrary<EnvironmentPlan> = fc.record({
  fault: fc.constantFrom(
    undefined,
    'crash-before' as const,
    'crash-after' as const,
    'stall-before' as const,
    'stall-after' as const,
    'deadline' as const,
    'answer-lost' as const,
    'sent-twice' as const,
    'busy' as const,
  ),
  at: fc.nat(12),
  rounds: fc.nat(4),
  delay: fc.nat(3),
});

export function arbitraryPlay(orderings: readonly Ordering[]): fc.Arbitrary<PlayPlan> {
  return fc.record({
    ordering: fc.constantFrom(...orderings),
    reading: fc.constantFrom('listed-only' as const, 'from-lowest' as const),
    batches: fc
      .array(fc.array(detail, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 })
      .map(inPlace),
    environments: fc.array(environmentPlan, { maxLength: 7 }),
    rebalances: fc.array(fc.boolean(), { maxLength: 7 }),
  });
}

type Detail = typeof detail extends fc.Arbitrary<infer Value> ? Value : never;

function inPlace(batches: readonly (readonly Detail[])[]): readonly (readonly TestRecord[])[] {
  const next = new Map<number, number>();
  return batches.map((batch) =>
    batch.map(({ partition, gap, timestamp, key, kind }) => {
      const offset = (next.get(partition) ?? 0) + gap;
      next.set(partition, offset);
      return aRecord({ partition, offset, timestamp, key, value: kind });
    }),
  );
}
