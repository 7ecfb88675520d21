import { describe, expect, test } from 'vitest';
import { copyEngine } from './mutants/copy-engine.ts';
import { MUTANTS } from './mutants/mutants.ts';
import { runSeeds } from './seeds/run-seeds.ts';

/** A fault has to be noticed within so many seeds. */
const SEEDS = { from: 1, to: 2_000 };

describe('the simulation notices an engine that', () => {
  test.each(MUTANTS)('$name', async (mutant) => {
    const copy = await copyEngine(mutant);
    try {
      const { failures } = await runSeeds(SEEDS, { workers: 1, root: copy.root, stopAtFirst: true });
      expect(failures).toHaveLength(1);
    } finally {
      await copy.remove();
    }
  });
});
