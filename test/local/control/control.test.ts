import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readControlFiles, writeControlFile } from '../../../local/control/control-file.ts';
import { type ProduceRequest, startControlServer } from '../../../local/control/control-server.ts';
import { requestProduce } from '../../../local/control/request-produce.ts';
import { LocalError } from '../../../local/local-error.ts';
import { requestJson } from '../../../local/services/request-json.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const aProject = () => mkdtempSync(join(tmpdir(), 'lanewise-control-'));

/** A running `npm start`, with what it was asked for. */
async function aRun(projectDirectory: string, refuses?: string) {
  const asked: ProduceRequest[] = [];
  const server = await startControlServer({ projectDirectory, port: 0 }, async (request) => {
    if (refuses !== undefined) throw new LocalError(refuses);
    asked.push(request);
    return { produced: request.count };
  });
  closing.push(() => server.stop());
  return { ...server, asked };
}

test('orders go to the run of the project, with the seed that was asked for', async () => {
  const project = aProject();
  const run = await aRun(project);
  expect(await requestProduce(project, { count: 10 })).toBe(10);
  expect(await requestProduce(project, { count: 3, seed: 7 })).toBe(3);
  expect(run.asked).toEqual([{ count: 10 }, { count: 3, seed: 7 }]);
});

test('why a run refuses is told', async () => {
  const project = aProject();
  await aRun(project, 'this run only reads');
  await expect(requestProduce(project, { count: 1 })).rejects.toThrow(
    'the running lanewise refused: this run only reads',
  );
});

test.each([
  [{ count: 0 }, 'count must be a whole number from 1'],
  [{ count: 1.5 }, 'count must be a whole number from 1'],
  [{ count: 1, seed: -1 }, 'seed must be a whole number from 0'],
])('a request for %o is refused', async (request, words) => {
  const project = aProject();
  const run = await aRun(project);
  await expect(requestProduce(project, request)).rejects.toThrow(words);
  expect(run.asked).toEqual([]);
});

test('nobody without the token writes to a run', async () => {
  const project = aProject();
  const run = await aRun(project);
  const url = new URL(`http://127.0.0.1:${run.port}/produce`);
  const response = await requestJson(url, { method: 'POST', body: { count: 1 } });
  expect(response).toEqual({ status: 403, body: { error: 'wrong token' } });
  expect(run.asked).toEqual([]);
});

test('a run that ends takes only its own address away', async () => {
  const project = aProject();
  await aRun(project);
  // The run of another process, which is alive: this test's parent.
  const other = { pid: process.ppid, port: 1, token: 'x', startedAt: 1 };
  writeControlFile(project, other);
  expect(readControlFiles(project).map(({ pid }) => pid)).toEqual([process.pid, process.ppid]);
  await closing.pop()?.();
  expect(readControlFiles(project)).toEqual([other]);
});

test('of two runs the one that was started last is asked, and the other one when it has gone', async () => {
  const project = aProject();
  const run = await aRun(project);
  // Later, and nobody listens there: another program has the process id of a run that was killed.
  writeControlFile(project, { pid: process.ppid, port: 1, token: 'x', startedAt: Date.now() + 1_000 });
  expect(await requestProduce(project, { count: 2 })).toBe(2);
  expect(run.asked).toEqual([{ count: 2 }]);
});

test('what a killed run or anybody else left behind is no run', async () => {
  const project = aProject();
  const killed = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(killed, 'exit');
  writeControlFile(project, { pid: killed.pid ?? 0, port: 1, token: 'x', startedAt: 1 });
  const runs = join(project, '.lanewise', 'runs');
  writeFileSync(join(runs, `${process.ppid}.json`), '{"pid":');
  writeFileSync(join(runs, 'notes.txt'), 'mine');
  await expect(requestProduce(project, { count: 1 })).rejects.toThrow(`no lanewise is running in ${project}`);
  expect(readdirSync(runs).sort()).toEqual([`${process.ppid}.json`, 'notes.txt']);
});

test('a project that nothing was started in has no run, and gets no folder by being asked', async () => {
  const project = aProject();
  expect(readControlFiles(project)).toEqual([]);
  expect(existsSync(join(project, '.lanewise'))).toBe(false);
  mkdirSync(join(project, '.lanewise'));
  expect(readControlFiles(project)).toEqual([]);
});
