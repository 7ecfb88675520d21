import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSystem } from '../../local/run/read-system.ts';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { projectRoot } from '../support/source-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanewise-bad-input-'));
  // Synthesized once, so that no test waits for it.
  await readSystem(projectRoot, undefined);
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Runs a command that must be refused, and returns what it said. */
async function refusal(args: readonly string[], options?: CliOptions): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, options);
  expect({ code, stdout, stderr }).toMatchObject({ code: 2 });
  expect(stderr).not.toContain('    at ');
  return stderr.trim();
}

test('an unknown option is named, with the one that was probably meant', async () => {
  expect(await refusal(['start', '--cuont', '3'])).toBe(
    "error: unknown option '--cuont'\n(Did you mean --count?)",
  );
});

test('a count that is no number is refused with the value got', async () => {
  expect(await refusal(['start', '--count', 'many'])).toContain(
    "it must be a whole number from 0, got 'many'",
  );
});

test('an unknown consumer is refused with those that there are', async () => {
  expect(await refusal(['start', '--consumer', 'shipping'])).toBe(
    "lanewise: there is no consumer 'shipping' in the template; it has: billing, inventory, notification",
  );
  expect(await refusal(['invoke', 'shipping', 'test/fixtures/events/billing.json'])).toContain('shipping');
});

test('a missing orders file is named', async () => {
  expect(await refusal(['start', '--orders', join(folder, 'nowhere.jsonl')])).toContain('nowhere.jsonl');
});

test('a broken orders file is refused with file and line, and nothing of the line', async () => {
  const orders = await file('orders.jsonl', '{"kind":"order.placed","orderId":"o-1"}\n{"card": 4111-1111\n');
  const said = await refusal(['start', '--orders', orders]);
  expect(said).toContain(orders);
  expect(said).toMatch(/line 2\b|:2\b/);
  expect(said).not.toContain('4111');
});

test('a broker that cannot be reached is named by host and port', async () => {
  expect(await refusal(['start', '--bootstrap', '127.0.0.1:1'])).toContain('127.0.0.1:1');
  expect(await refusal(['produce', '3', '--bootstrap', '127.0.0.1:1'])).toContain('127.0.0.1:1');
});

test('a port that is in use is named, with the way out', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    expect(await refusal(['start', '--count', '5', '--port', String(port)])).toBe(
      `lanewise: port ${port} on 127.0.0.1 is in use; give another one with --port, or none for a free one`,
    );
  } finally {
    server.close();
  }
});

test('an assembly that is not there is named', async () => {
  expect(await refusal(['start', '--assembly', join(folder, 'no-assembly')])).toContain('no-assembly');
});

test('a report that could not be written is refused before the run', async () => {
  expect(await refusal(['start', '--report', join(folder, 'nowhere', 'report.json')])).toContain('nowhere');
});

test('orders for a run that does not run are refused with what to do', async () => {
  const said = await refusal(['produce', '3'], { cwd: folder });
  expect(said).toContain(`no lanewise is running in ${folder}`);
});

test('an event that is not JSON is refused with a hint', async () => {
  expect(await refusal(['invoke', 'billing', '-'], { stdin: '{"records"' })).toContain(
    'standard input is not JSON',
  );
});
