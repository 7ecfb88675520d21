import { describe, expect, test } from 'vitest';
import { runSeeds } from './seeds/run-seeds.ts';

describe('the event source mapping with the runtime inside', () => {
  test('loses nothing, keeps its order and counts right in 1,000 schedules of faults', async () => {
    const report = await runSeeds({ from: 1, to: 1_000 }, { workers: 2 });
    expect(report.failures).toEqual([]);
    expect(report.seeds).toBe(1_000);
    expect(report.records).toBeGreaterThan(50_000);
    expect(report.faults).toBeGreaterThan(1_000);
  });

  test('runs the same way from the same seeds, on one thread or two', async () => {
    const seeds = { from: 1, to: 60 };
    const [once, again] = [await runSeeds(seeds, { workers: 1 }), await runSeeds(seeds, { workers: 2 })];
    expect(again).toEqual(once);
  });

  test('runs another way from another seed', async () => {
    const [one, other] = [
      await runSeeds({ from: 1, to: 1 }, { workers: 1 }),
      await runSeeds({ from: 2, to: 2 }, { workers: 1 }),
    ];
    expect(other.hash).not.toBe(one.hash);
  });
});
