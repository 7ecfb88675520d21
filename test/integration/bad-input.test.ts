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

const deadLetterTopic = 'order-events-dead-letter';

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Runs a command that must be refused, and returns what it said. */
async function refusal(args: readonly string[], options?: CliOptions): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, options);
  expect({ code, stdout, stderr }).toMatchObject({ code: 2 });
  expect(stderr).not.toContain('defect');
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
    "lanewise: there is no consumer 'shipping' in the template; did you mean 'billing'? it has: billing, inventory, notification",
  );
  const event = 'test/fixtures/events/billing.json';
  expect(await refusal(['invoke', 'notifcation', event])).toContain("did you mean 'notification'?");
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

test('an order for a partition that the topic does not have is refused with file and line', async () => {
  const envelope = (partition: number) => JSON.stringify({ payload: '{}', partition });
  const orders = await file('partitions.jsonl', `${envelope(2)}\n${envelope(3)}\n`);
  expect(await refusal(['start', '--orders', orders])).toBe(
    `lanewise: ${orders}, line 2: there is no partition 3 in topic order-events, it has 0 to 2; leave "partition" out to have one chosen by the key`,
  );
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

test.each([
  ['in a folder that is not there', () => join(folder, 'nowhere', 'report.json'), 'ENOENT'],
  ['that is a folder', () => folder, 'it is a directory; name a file in it'],
  ['without a name', () => '', '--report names no file'],
])('a report %s is refused before the run', async (_, path, words) => {
  const { stdout, stderr } = await runCli(['start', '--count', '5', '--report', path()]);
  expect(stderr).toContain('lanewise: cannot write the report');
  expect(stderr).toContain(words);
  expect(stdout).toBe('');
});

test.each(['--commit', '--no-commit'])('%s without a Kafka is refused', async (option) => {
  expect(await refusal(['start', option])).toBe(
    `lanewise: got ${option} without --bootstrap host:port or --cluster ARN: the embedded source is this run's own`,
  );
});

test('a topic that is also the dead-letter topic of its mapping is refused before anything starts', async () => {
  const { stdout, stderr } = await runCli(['start', '--topic', deadLetterTopic, '--count', '5']);
  expect(stdout).toBe('');
  expect(stderr).toContain(
    `the on-failure destination "kafka://${deadLetterTopic}" is the topic that the mapping reads`,
  );
});

test('a project that cannot be written to is told, with what for', async () => {
  const project = await mkdtemp(join(folder, 'project-'));
  await writeFile(join(project, 'cdk.json'), '{ "app": "node app.ts" }');
  await writeFile(join(project, '.lanewise'), 'a file, where a folder should be');
  expect(await refusal(['start'], { cwd: project })).toMatch(
    /^lanewise: cannot write to .+\.lanewise\/assembly\/.+: ENOTDIR.+; lanewise keeps assemblies, logs and its address there$/,
  );
});

test('a topic for a running npm start is refused, as that has its own', async () => {
  expect(await refusal(['produce', '3', '--topic', 'orders'])).toContain(
    'got --topic without --bootstrap or --cluster',
  );
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
