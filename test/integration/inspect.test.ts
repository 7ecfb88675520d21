import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSystem } from '../../local/run/read-system.ts';
import { runCli, type StartedCli, startCli } from '../support/run-cli.ts';
import { projectRoot } from '../support/source-files.ts';
import { startDebugger } from '../support/start-debugger.ts';

/** Long enough for a slow machine to handle the records, and short enough to be waited for. */
const timeoutSeconds = 5;
const source = 'handlers/billing/issue-invoice.ts';

/** The project's assembly, with a shorter timeout for each function. */
let assembly: string;
/** Where the bundle of billing has the first statement of `issueInvoice`. */
let place: { readonly line: number; readonly column: number };

beforeAll(async () => {
  const system = await readSystem(projectRoot, undefined);
  const code = system.functions.find(({ name }) => name === 'billing')?.codeDirectory ?? '';
  place = await placeInBundle(code);
  assembly = await mkdtemp(join(tmpdir(), 'lanewise-assembly-'));
  await cp(join(code, '..'), assembly, { recursive: true });
  const template = join(assembly, 'lanewise-consumers.template.json');
  const text = await readFile(template, 'utf8');
  await writeFile(template, text.replaceAll(/"Timeout": \d+/g, `"Timeout": ${timeoutSeconds}`));
});
afterAll(() => rm(assembly, { recursive: true }));

/** What a debugger does with a breakpoint in a TypeScript file: it asks the bundle's source map. */
async function placeInBundle(code: string): Promise<{ readonly line: number; readonly column: number }> {
  const lines = (await readFile(join(projectRoot, source), 'utf8')).split('\n');
  const wanted = lines.findIndex((line) => line.startsWith('export function issueInvoice')) + 1;
  const map = new SourceMap(JSON.parse(await readFile(join(code, 'index.mjs.map'), 'utf8')));
  const bundle = (await readFile(join(code, 'index.mjs'), 'utf8')).split('\n');
  for (const [line, text] of bundle.entries()) {
    for (let column = 0; column < text.length; column += 1) {
      const entry = map.findEntry(line, column);
      const isWanted = 'originalLine' in entry && entry.originalLine === wanted;
      if (isWanted && entry.originalSource.endsWith(source)) return { line, column };
    }
  }
  throw new Error(`the bundle has nothing of ${source}:${wanted + 1}`);
}

async function urlOf(started: StartedCli): Promise<string> {
  await started.printed(/billing: inspect it at ws:/);
  return /inspect it at (ws:\S+)/.exec(started.stdout())?.[1] ?? '';
}

/** A zombie, where process 1 reaps none, is dead. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}

test('a breakpoint in TypeScript holds a record beyond the timeout, and the record succeeds at once', async () => {
  const args = ['--count', '5', '--no-faults', '--consumer', 'billing', '--inspect-wait', 'billing'];
  const started = startCli(['start', '--once', '--assembly', assembly, ...args]);
  const debugging = await startDebugger(await urlOf(started));
  await debugging.breakAt(/index\.mjs$/, place.line, place.column);
  await debugging.go();
  expect(await debugging.paused()).toEqual({
    url: expect.stringContaining('/index.mjs'),
    line: place.line,
  });
  await started.printed('billing: held by the debugger, its timeout waits');
  await sleep(timeoutSeconds * 1_000 + 500);
  debugging.close();
  const { code, stdout } = await started.result();
  expect(code).toBe(0);
  expect(stdout).toContain('5 records in, 0 lost');
  expect(stdout).not.toContain('comes again');
  expect(stdout).toContain('billing: goes on');
});

test('a run with a debugger attached ends at Ctrl-C', async () => {
  const started = startCli(['dev', '--count', '5', '--no-faults', '--inspect', 'billing'], {});
  const debugging = await startDebugger(await urlOf(started));
  await started.printed('watching');
  started.process.kill('SIGINT');
  expect((await started.result()).stdout).toContain('0 lost');
  await debugging.closed();
});

test('a run that is killed while its function waits for the debugger leaves nothing behind', async () => {
  const started = startCli(['dev', '--count', '5', '--consumer', 'billing', '--inspect-wait', 'billing'], {});
  const debugging = await startDebugger(await urlOf(started));
  const inspected = await debugging.processId();
  expect(await isAlive(inspected)).toBe(true);
  started.process.kill('SIGKILL');
  await expect.poll(() => isAlive(inspected)).toBe(false);
});

test('a consumer that is not there cannot be inspected', async () => {
  const { code, stderr } = await runCli(['start', '--consumer', 'billing', '--inspect', 'inventory']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      "lanewise: there is no consumer 'inventory' to inspect in this run; did you mean 'billing'? it has: billing\n",
  });
});
