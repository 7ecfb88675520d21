import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KafkaEvent } from '../../../../lib/event/kafka-event.ts';
import type { InvokeResult } from '../../../../local/function/invoker.ts';
import { seededRandom } from '../../../../local/random.ts';
import { aRecord, FINE, reporting, THROTTLED, THROWS, TO_TOPIC } from '../support/builders.ts';
import {
  append,
  assign,
  feed,
  play,
  type VirtualMapping,
  virtualMapping,
} from '../support/virtual-mapping.ts';

/** What the function has done, kept outside the mapping: the only things that may be committed past. */
interface Truth {
  readonly resolved: Map<number, Set<number>>;
  readonly dice: () => number;
}

function resolve(truth: Truth, partition: number, offset: number): void {
  const known = truth.resolved.get(partition) ?? new Set();
  truth.resolved.set(partition, known.add(offset));
}

/** Follows policy A, so that both readings resolve the same: the first failed record of a partition and all behind it. */
function answer(truth: Truth, event: KafkaEvent): InvokeResult {
  const roll = truth.dice();
  if (roll < 0.1) return THROWS;
  if (roll < 0.2) return THROTTLED;
  const failed = Object.values(event.records).flatMap((list) => {
    const first = list.findIndex(() => truth.dice() < 0.1);
    const done = first < 0 ? list : list.slice(0, first);
    for (const { partition, offset } of done) resolve(truth, partition, offset);
    return list.slice(done.length).map(({ partition, offset }) => [partition, offset] as const);
  });
  return failed.length === 0 ? FINE : reporting(...failed);
}

function holdsI9(world: VirtualMapping, truth: Truth): boolean {
  for (const notice of world.notices.splice(0)) {
    if (notice.kind !== 'discarded' && notice.kind !== 'dropped') continue;
    for (const { partition, offsets } of notice.records)
      for (const offset of offsets) resolve(truth, partition, offset);
  }
  return world.commits.every((offsets) =>
    [...offsets].every(([partition, committed]) =>
      (world.topic.get(partition) ?? []).every(
        ({ offset }) => offset >= committed || truth.resolved.get(partition)?.has(offset) === true,
      ),
    ),
  );
}

const scenario = fc.record({
  offsets: fc.array(fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 30 }), {
    minLength: 1,
    maxLength: 4,
  }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  pollers: fc.integer({ min: 1, max: 3 }),
  retries: fc.integer({ min: 0, max: 3 }),
  bisect: fc.boolean(),
  destination: fc.boolean(),
  window: fc.constantFrom(0, 500),
  knobs: fc.record({
    partialReading: fc.constantFrom('listed-only', 'from-lowest'),
    retryGrouping: fc.constantFrom('per-partition', 'merged'),
    mixPartitions: fc.constantFrom('on', 'off'),
  }),
  revocations: fc.array(fc.record({ after: fc.integer({ min: 1, max: 4000 }), partition: fc.nat(3) }), {
    maxLength: 4,
  }),
  seed: fc.nat(),
});

function worldOf(
  given: typeof scenario extends fc.Arbitrary<infer T> ? T : never,
  truth: Truth,
): VirtualMapping {
  const world = virtualMapping({
    config: {
      batchSize: given.batchSize,
      batchingWindow: given.window,
      maximumRetryAttempts: given.retries,
      bisectBatchOnFunctionError: given.bisect,
      destination: given.destination ? TO_TOPIC : undefined,
      provisioned: { minimumPollers: given.pollers, maximumPollers: given.pollers },
    },
    knobs: given.knobs,
    script: (event) => answer(truth, event),
    deliveryError: () => (truth.dice() < 0.2 ? 'destination is down' : undefined),
    commitError: () => (truth.dice() < 0.2 ? 'coordinator is gone' : undefined),
    duration: 700,
  });
  for (const [partition, offsets] of given.offsets.entries()) {
    append(
      world,
      offsets.toSorted((a, b) => a - b).map((offset) => aRecord(partition, offset)),
    );
  }
  return world;
}

describe('I9', () => {
  it('a committed offset never passes a record that is not resolved, and everything is resolved in the end', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const truth: Truth = { resolved: new Map(), dice: seededRandom(given.seed) };
        const world = worldOf(given, truth);
        assign(world, ...world.topic.keys());
        for (const { after, partition } of given.revocations) {
          play(world, after);
          expect(holdsI9(world, truth)).toBe(true);
          feed(world, { kind: 'revoked', partitions: [partition] });
          if (world.topic.has(partition)) assign(world, partition);
        }
        play(world, 3_600_000);
        expect(holdsI9(world, truth)).toBe(true);
        expect(world.state.unsettled.size + world.state.underWay.size).toBe(0);
        if (given.revocations.length === 0) expect(world.overlaps).toBe(0);
        for (const [partition, log] of world.topic) {
          expect(world.committed.get(partition)).toBe((log.at(-1)?.offset ?? 0) + 1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
