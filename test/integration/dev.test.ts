import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';
import { runCli, type StartedCli, startCli } from '../support/run-cli.ts';

const index = 'handlers/billing/index.ts';
const word = 'handlers/billing/word.ts';
const saying = (text: string) => `export const word = '${text}';\n`;

let project: ProjectCopy;
beforeAll(async () => {
  project = await copyProject();
});
afterAll(() => project?.remove());

let dev: StartedCli;
beforeEach(async () => {
  await project.write(
    index,
    `import { kafkaHandler, text } from '../../lib/index.ts';
     import { word } from './word.ts';
     export const handler = kafkaHandler({ value: text, handle: async (record) => console.log(word, String(record)) });`,
  );
  await project.write(word, saying('old'));
  dev = startCli(['dev', '--no-faults', '--consumer', 'billing', '--count', '1000'], {
    cwd: project.directory,
  });
  await dev.printed('watching');
});
afterEach(async () => {
  dev.process.kill('SIGKILL');
  await dev.result();
});

async function produce(count: number): Promise<void> {
  const { code, stderr } = await runCli(['produce', String(count)], { cwd: project.directory });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

/** What the handler has said: each position with its word. */
async function handled(): Promise<readonly (readonly [position: string, word: string])[]> {
  const log = await readFile(join(project.directory, '.lanewise', 'functions.log'), 'utf8');
  return [...log.matchAll(/^billing \S+ (\w+) (order-events-\d@\d+)$/gm)].map(
    ([, said = '', position = '']) => [position, said] as const,
  );
}

const wordsOf = (lines: Awaited<ReturnType<typeof handled>>) => new Set(lines.map(([, said]) => said));

async function end(): Promise<string> {
  dev.process.kill('SIGINT');
  const { code, stdout, stderr } = await dev.result();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

test('a change in a handler is swapped in while records flow, and none is lost', async () => {
  const producing = [produce(400), produce(400)];
  await project.write(word, saying('new'));
  await dev.printed(/billing: runs its new code \(\d+ ms\)/);
  await Promise.all(producing);
  await expect.poll(async () => (await handled()).length).toBe(1_800);
  const before = new Set((await handled()).map(([position]) => position));
  await produce(30);
  await expect.poll(async () => (await handled()).length).toBe(1_830);
  const all = await handled();
  expect(new Set(all.map(([position]) => position)).size).toBe(1_830);
  expect(wordsOf(all)).toEqual(new Set(['old', 'new']));
  expect(wordsOf(all.filter(([position]) => !before.has(position)))).toEqual(new Set(['new']));
  expect(await end()).toContain('1830 records in, 0 lost');
});

test('code that cannot be bundled or initialised is not taken, and the next that can is', async () => {
  await project.write(word, 'export const word = ;\n');
  await dev.printed(/billing: keeps its old code: handlers\/billing\/word\.ts:1:\d+: Unexpected ";"/);
  await project.write(word, "export const word = 'x';\nthrow new RangeError('no stock at all');\n");
  await dev.printed('billing: keeps its old code: RangeError: no stock at all');
  await produce(10);
  await expect.poll(async () => (await handled()).length).toBe(1_010);
  expect(wordsOf(await handled())).toEqual(new Set(['old']));
  await project.write(word, saying('mended'));
  await dev.printed('billing: runs its new code');
  await produce(10);
  await expect.poll(async () => wordsOf(await handled())).toContain('mended');
  expect(await end()).toContain('1020 records in, 0 lost');
});

test('a change of what the template declares starts the consumer anew', async () => {
  await project.edit(
    'cdk/consumers-stack.ts',
    'timeout: Duration.seconds(30)',
    'timeout: Duration.seconds(31)',
  );
  await dev.printed(/billing: started anew with what the template declares now/);
  await produce(10);
  await expect.poll(async () => new Set((await handled()).map(([position]) => position)).size).toBe(1_010);
  await project.edit('cdk/consumers-stack.ts', 'Duration.seconds(31)', 'Duration.minutes(31)');
  await dev.printed(/what runs stays as it is: .*\S/);
  await project.edit('cdk/consumers-stack.ts', 'Duration.minutes(31)', 'Duration.seconds(30)');
  await dev.printed(/started anew(.|\n)*started anew/);
  expect(await end()).toContain(', 0 lost');
});
