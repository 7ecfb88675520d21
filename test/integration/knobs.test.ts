import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSystem } from '../../local/run/read-system.ts';
import { runCli, runStart } from '../support/run-cli.ts';
import { projectRoot } from '../support/source-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanewise-knobs-'));
  // Synthesized once, so that no test waits for it.
  await readSystem(projectRoot, undefined);
});
afterAll(() => rm(folder, { recursive: true }));

async function refusal(...args: readonly string[]): Promise<string> {
  const { code, stderr } = await runCli(['start', '--count', '5', ...args]);
  expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
  return stderr.trim();
}

async function config(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

/** An order that is older than any mapping of the template waits for. */
const oldOrder = JSON.stringify({ topic: 'order-events', ts: 1_700_000_000_000, key: 'o-1', payload: '{}' });

test('a run turns the knobs of its file, and over them those of the command line', async () => {
  const orders = await config('orders.jsonl', `${oldOrder}\n`);
  const file = await config('late.ts', "export default { knobs: { ageCondition: 'Late' as const } };");
  const reason = async (...args: readonly string[]) =>
    (await runStart(['--orders', orders, '--consumer', 'billing', ...args])).report.discarded[0]?.reason;
  expect(await reason()).toMatch(/^RecordAgeExceeded /);
  expect(await reason('--config', file)).toMatch(/^Late /);
  expect(await reason('--config', file, '--knob', 'ageCondition=TooLate')).toMatch(/^TooLate /);
});

test('a file that Node cannot read is refused with what is wrong, and where', async () => {
  const file = await config('broken.ts', 'const a = 1;\nexport default {;\n');
  expect(await refusal('--config', file)).toMatch(
    new RegExp(`^lanewise: cannot load ${file}: SyntaxError: .+ \\(line 2\\)$`),
  );
  const other = await config('enum.ts', 'enum Style { Omit }\nexport default {};\n');
  expect(await refusal('--config', other)).toContain(
    'SyntaxError: TypeScript enum is not supported in strip-only mode (line 1)',
  );
});

test('a knob that does not exist is refused with the nearest that does', async () => {
  expect(await refusal('--knob', 'partialReding=from-lowest')).toContain(
    'there is no knob "partialReding"; did you mean "partialReading"?',
  );
});

test('a knob without a value is refused with how it is written', async () => {
  const { code, stderr } = await runCli(['start', '--knob', 'partialReading']);
  expect(code).toBe(2);
  expect(stderr).toContain("it must be name=value, as in partialReading=from-lowest, got 'partialReading'");
});
