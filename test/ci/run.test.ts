import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/source-files.ts';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "lanewise gate's "));
  cpSync(join(projectRoot, '.ci'), join(project, '.ci'), { recursive: true });
});
afterEach(() => rmSync(project, { recursive: true }));

/** An npm that says what it was called with, and then does what a shell script says; and a sleep that takes no time. */
function aMachine(npm: string): string {
  const bin = join(project, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$*" >> "${project}/called"\n${npm}\n`);
  writeFileSync(join(bin, 'sleep'), '#!/bin/sh\n');
  for (const name of ['npm', 'sleep']) chmodSync(join(bin, name), 0o755);
  return bin;
}

/** The gate on that machine: its exit code, its last line, and what it asked of npm. */
function gate(npm: string) {
  const path = [aMachine(npm), dirname(process.execPath), process.env.PATH].join(delimiter);
  const { status, stdout } = spawnSync(join(project, '.ci', 'run'), {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { ...process.env, PATH: path },
  });
  const called = readFileSync(join(project, 'called'), 'utf8').trim().split('\n');
  return { status, last: stdout.trim().split('\n').at(-1), called };
}

const writes = (name: string, ...tests: readonly string[]) => {
  const assertionResults = tests.map((status) => ({ status }));
  const status = tests.includes('failed') ? 'failed' : 'passed';
  const report = JSON.stringify({ testResults: [{ status, assertionResults }] });
  return `mkdir -p .lanewise/test-results; echo '${report}' > .lanewise/test-results/${name}.json`;
};
/** Two tests in each suite, all of them good. */
const good = (...cases: readonly string[]) => `
case "$*" in
${cases.join('\n')}
  test) ${writes('unit', 'passed', 'passed')};;
  'run test:dynamodb') ${writes('dynamodb', 'passed', 'passed')};;
  'run test:kafka') ${writes('kafka', 'passed', 'passed')};;
esac`;

const install = 'ci --no-fund --no-audit';
const suites = ['test', 'run test:dynamodb', 'run test:kafka'];

describe('the gate', () => {
  test('installs, runs every suite, and passes when all of them do', () => {
    expect(gate(good())).toEqual({ status: 0, last: '6 passed, 0 failed', called: [install, ...suites] });
  });

  test.each([
    ['types or lint', 'test) exit 1;;', '4 passed, 1 failed'],
    ['a test', `test) ${writes('unit', 'passed', 'failed')}; exit 1;;`, '5 passed, 1 failed'],
    ['the synth behind the tests', `test) ${writes('unit', 'passed')}; exit 1;;`, '5 passed, 1 failed'],
    ['a worker that is killed', "'run test:kafka') kill -9 $$;;", '4 passed, 1 failed'],
    ['a suite that finds no test', `'run test:kafka') ${writes('kafka')};;`, '4 passed, 1 failed'],
  ])('fails with %s, and still runs the suites that are left', (_, npm, last) => {
    expect(gate(good(npm))).toEqual({ status: 1, last, called: [install, ...suites] });
  });

  test('tries an install that fails again', () => {
    const npm = good(`  ci*) [ "$(grep -c '^ci' "${project}/called")" -eq 3 ] || exit 1;;`);
    expect(gate(npm)).toEqual({
      status: 0,
      last: '6 passed, 0 failed',
      called: [install, install, install, ...suites],
    });
  });

  test('runs nothing when nothing can be installed', () => {
    expect(gate('exit 1')).toEqual({
      status: 1,
      last: '0 passed, 1 failed',
      called: [install, install, install],
    });
  });

  test('counts nothing of an earlier run', () => {
    const results = join(project, '.lanewise', 'test-results');
    mkdirSync(results, { recursive: true });
    const earlier = { testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }] };
    writeFileSync(join(results, 'unit.json'), JSON.stringify(earlier));
    expect(gate(good('test) exit 1;;')).last).toBe('4 passed, 1 failed');
  });
});
