import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/source-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lanewise-count-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of a report of Vitest, as far as it is read: its tests, and whether all of it is well. */
const aFile = (tests: readonly string[], status = tests.includes('failed') ? 'failed' : 'passed') => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

function report(name: string, ...files: readonly ReturnType<typeof aFile>[]): void {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ testResults: files }));
}

/** The last line of the gate, and its exit code. */
function counted(...steps: readonly string[]): readonly [string, number | null] {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(projectRoot, '.ci', 'count.mjs'), folder, ...steps],
    { encoding: 'utf8' },
  );
  return [stdout.trim(), status];
}

describe('the last line of the gate', () => {
  test('adds up the tests of every step', () => {
    report('unit', aFile(['passed', 'passed', 'skipped']), aFile(['passed']));
    report('kafka', aFile(['passed']));
    expect(counted('install=0', 'unit=0', 'kafka=0')).toEqual(['4 passed, 0 failed', 0]);
  });

  test('counts a failed test once, and not its step as well', () => {
    report('unit', aFile(['passed', 'passed']));
    report('kafka', aFile(['passed', 'failed']));
    expect(counted('install=0', 'unit=0', 'kafka=1')).toEqual(['3 passed, 1 failed', 1]);
  });

  test.each([
    ['does not compile, so that no test runs', 'unit=1'],
    ['has no report although it says that all is well', 'unit=0'],
  ])('counts a step that %s as one', (_, step) => {
    report('kafka', aFile(['passed', 'failed']));
    expect(counted('install=0', step, 'kafka=1')).toEqual(['1 passed, 2 failed', 1]);
  });

  test('counts a step that fails after its tests, as a synth does, as one', () => {
    report('unit', aFile(['passed', 'passed']));
    expect(counted('install=0', 'unit=1')).toEqual(['2 passed, 1 failed', 1]);
  });

  test('counts a test file that could not be loaded as one', () => {
    report('unit', aFile(['passed']), aFile([], 'failed'), aFile(['failed', 'failed']));
    expect(counted('install=0', 'unit=1')).toEqual(['1 passed, 3 failed', 1]);
  });

  test('counts a run that found no test, and one whose report was cut off, as failed', () => {
    report('unit');
    writeFileSync(join(folder, 'kafka.json'), '{"testResults": [');
    expect(counted('install=0', 'unit=0', 'kafka=1')).toEqual(['0 passed, 2 failed', 1]);
  });

  test('is there when nothing could be installed', () => {
    expect(counted('install=1')).toEqual(['0 passed, 1 failed', 1]);
  });
});
