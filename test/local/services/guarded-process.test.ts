import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startGuardedProcess } from '../../../local/services/guarded-process.ts';
import { patienceMs } from '../../support/patience.ts';

const aCommand = (script: string) => ({
  command: process.execPath,
  args: ['-e', script],
  readyText: 'ready',
  readyWithin: patienceMs,
});

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a program that says it is ready runs until it is stopped, and leaves no zombie', async () => {
  const script =
    'require("fs").writeFileSync(process.argv[1], String(process.pid)); console.log("ready"); setInterval(() => {}, 1000)';
  const file = join(mkdtempSync(join(tmpdir(), 'guarded-')), 'pid');
  const command = aCommand(script);
  const started = await startGuardedProcess({ ...command, args: [...command.args, file] });
  const pid = Number(readFileSync(file, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  await started?.stop();
  // A zombie still takes signals: this also says that it was reaped.
  expect(isAlive(pid)).toBe(false);
});

test('a program that ends at once is told from one that is ready', async () => {
  expect(await startGuardedProcess(aCommand('console.log("no port"); process.exit(1)'))).toBeUndefined();
});

test('a program that is not ready in time is given up', async () => {
  const command = { ...aCommand('setInterval(() => {}, 1000)'), readyWithin: 50 };
  expect(await startGuardedProcess(command)).toBeUndefined();
});

test('a program that is not there is told from one that is ready', async () => {
  const command = { ...aCommand(''), command: '/nowhere/program' };
  expect(await startGuardedProcess(command)).toBeUndefined();
});

test('stopping twice is no error', async () => {
  const started = await startGuardedProcess(aCommand('console.log("ready"); setInterval(() => {}, 1000)'));
  await started?.stop();
  await expect(started?.stop()).resolves.toBeUndefined();
});
