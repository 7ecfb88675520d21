import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_KNOBS } from '../../../../local/mapping/knobs.ts';
import {
  maximumAttempts,
  nextStep,
  type StepRules,
  type StepVerdict,
} from '../../../../local/mapping/work/next-step.ts';
import { seededRandom } from '../../../../local/random.ts';

interface TestSlice {
  readonly partition: { readonly key: string };
  readonly records: readonly { readonly offset: number }[];
}

const aSlice = (key: number, size: number, first = 0): TestSlice => ({
  partition: { key: `t-${key}` },
  records: Array.from({ length: size }, (_, index) => ({ offset: first + index * 3 })),
});

const slices = fc
  .array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
  .map((sizes) => sizes.map((size, key) => aSlice(key, size)));

const rules: fc.Arbitrary<StepRules> = fc.record({
  maximumAttempts: fc.integer({ min: 1, max: 4 }),
  bisect: fc.boolean(),
  knobs: fc.record({
    partialReading: fc.constantFrom('listed-only', 'from-lowest'),
    retryGrouping: fc.constantFrom('per-partition', 'merged'),
    counterOnProgress: fc.constant('carry' as const),
    bisectCountsAsRetry: fc.constantFrom('off', 'on'),
    bisectCut: fc.constantFrom('flattened', 'per-partition'),
    bisectOnInvalidResponse: fc.constantFrom('off', 'on'),
  }),
});

function verdictFor(batch: readonly TestSlice[], dice: () => number): StepVerdict {
  const roll = Math.floor(dice() * 4);
  if (roll === 0) return { kind: 'success' };
  if (roll === 1) return { kind: 'function-error' };
  if (roll === 2) return { kind: 'invalid-response' };
  const failed = new Map<string, Set<number>>();
  for (const { partition, records } of batch) {
    const bad = records.filter(() => dice() < 0.5).map(({ offset }) => offset);
    if (bad.length > 0) failed.set(partition.key, new Set(bad));
  }
  return failed.size > 0 ? { kind: 'partial', failed } : { kind: 'success' };
}

const idsOf = (list: readonly TestSlice[]) =>
  list.flatMap(({ partition, records }) => records.map(({ offset }) => `${partition.key}@${offset}`));

/** Plays a batch to its end; returns how often each record was resolved, and the invocations it took. */
function playOut(batch: readonly TestSlice[], stepRules: StepRules, dice: () => number) {
  const resolved = new Map<string, number>();
  const resolve = (id: string) => resolved.set(id, (resolved.get(id) ?? 0) + 1);
  const open: { slices: readonly TestSlice[]; attempts: number; reported: boolean }[] = [
    { slices: batch, attempts: 0, reported: false },
  ];
  let invocations = 0;
  for (let work = open.shift(); work !== undefined && invocations < 10_000; work = open.shift()) {
    invocations += 1;
    const followUps = nextStep<{ readonly offset: number }, TestSlice>(
      work,
      verdictFor(work.slices, dice),
      stepRules,
    );
    const later = new Set(followUps.flatMap((followUp) => idsOf(followUp.slices)));
    for (const id of idsOf(work.slices)) if (!later.has(id)) resolve(id);
    for (const { slices: given } of followUps.filter(({ kind }) => kind === 'give-up'))
      idsOf(given).forEach(resolve);
    open.push(...followUps.filter(({ kind }) => kind === 'retry'));
  }
  return { resolved, invocations };
}

describe('what follows from a batch', () => {
  it('resolves every record exactly once, whatever the function answers, and ends', () => {
    fc.assert(
      fc.property(slices, rules, fc.nat(), (batch, stepRules, seed) => {
        const { resolved, invocations } = playOut(batch, stepRules, seededRandom(seed));
        expect([...resolved.keys()].toSorted()).toEqual(idsOf(batch).toSorted());
        expect([...resolved.values()].every((times) => times === 1)).toBe(true);
        expect(invocations).toBeLessThan(10_000);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps records of a partition in order, and follow-ups of a partition behind one another', () => {
    fc.assert(
      fc.property(slices, rules, (batch, stepRules) => {
        const followUps = nextStep<{ readonly offset: number }, TestSlice>(
          { slices: batch, attempts: 0, reported: false },
          { kind: 'function-error' },
          stepRules,
        );
        for (const { partition, records } of batch) {
          const again = followUps
            .flatMap((followUp) => followUp.slices)
            .filter((slice) => slice.partition.key === partition.key)
            .flatMap((slice) => slice.records);
          expect(again).toEqual(records);
        }
      }),
    );
  });

  it('halves a batch whose halves keep the attempts of the whole', () => {
    const [left, right] = nextStep<{ readonly offset: number }, TestSlice>(
      { slices: [aSlice(0, 3), aSlice(1, 2)], attempts: 1, reported: false },
      { kind: 'function-error' },
      { maximumAttempts: 3, bisect: true, knobs: DEFAULT_KNOBS },
    );
    expect([
      left?.slices.map(({ records }) => records.length),
      right?.slices.map(({ records }) => records.length),
    ]).toEqual([[3], [2]]);
    expect([left?.attempts, right?.attempts]).toEqual([1, 1]);
  });
});

describe('the attempts allowed', () => {
  it.each([
    [0, false, 1],
    [2, true, 3],
    [-1, true, 11],
    [-1, false, Number.POSITIVE_INFINITY],
  ])('with %i retries and destination %s are %d', (retries, destination, expected) => {
    expect(maximumAttempts(retries, destination)).toBe(expected);
  });
});
