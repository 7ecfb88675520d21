import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lastOf } from './cli/tell-story.ts';
import { loadEngine, PROJECT } from './engine.ts';
import { copyEngine } from './mutants/copy-engine.ts';
import { MUTANTS } from './mutants/mutants.ts';
import { runSeed } from './run-seed.ts';

function simulate(...args: readonly string[]) {
  const main = join(PROJECT, 'test', 'simulation', 'main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm run simulate', () => {
  test.each(['10', '1..', '9..3', '1..9999999999', 'a..b', '-1..4', '1.5..2'])(
    'refuses the seeds %s and says what they should be',
    (seeds) => {
      const { status, stderr } = simulate('--seeds', seeds);
      expect(status).toBe(2);
      expect(stderr).toContain(`such as 1..1000, got '${seeds}'`);
    },
  );

  test('refuses a trace of many seeds', () => {
    const { status, stderr } = simulate('--seeds', '1..5', '--trace');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'error: --trace tells the steps of one seed: give it with --seed\n',
    });
  });

  test('tells every step of one seed, the same each time', () => {
    const [once, again] = [simulate('--seed', '8', '--trace'), simulate('--seed', '8', '--trace')];
    expect(once.status).toBe(0);
    expect(once.stdout).toMatch(/mapping 0 invokes batch 1: /);
    expect(again).toEqual(once);
  });

  test('ends with 0 and the numbers of the run when everything held', () => {
    const { status, stdout } = simulate('--seeds', '1..20', '--workers', '1');
    expect(status).toBe(0);
    expect(stdout).toMatch(/seeds 1\.\.20: \d+ records, \d+ deliveries in \d+ invocations, \d+ faults/);
  });
});

test('the story of a failure names the invariant, and ends with what broke it', async () => {
  const mutant = MUTANTS.find(({ name }) => name === 'commits what is in flight');
  if (mutant === undefined) throw new Error('there is no such mutant');
  const copy = await copyEngine(mutant);
  const { from, to } = { from: 1, to: 100 };
  const engine = await loadEngine(copy.root);
  const runs = await Promise.all(
    Array.from({ length: to - from + 1 }, (_, index) => runSeed(from + index, engine, true)),
  );
  await copy.remove();

  const failed = runs.find(({ failure }) => failure !== undefined);
  if (failed === undefined) throw new Error('no seed failed');
  expect(failed.failure).toMatch(/^I9: commit of \d+@\d+ passes \d+@\d+$/);
  expect(lastOf(failed).length).toBeLessThanOrEqual(25);
  expect(lastOf(failed).at(-1)?.text).toMatch(/invokes batch/);
});
