import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anOrder } from '../support/an-order.ts';
import { runStart } from '../support/run-cli.ts';
import { projectRoot } from '../support/source-files.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** The block of README that follows `<!-- fourth consumer: path -->`. */
function readmeBlock(readme: string, path: string): string {
  const block = readme.split(`<!-- fourth consumer: ${path} -->\n\`\`\`ts\n`)[1]?.split('```')[0];
  if (block === undefined) throw new Error(`README shows no ${path}`);
  return block;
}

/** A project of its own with what the shop is made of, so that nothing here is touched. */
async function copyOfTheProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lanewise-fourth-'));
  folders.push(folder);
  for (const path of [
    'cdk',
    'handlers',
    'lib',
    'cdk.json',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ]) {
    await cp(join(projectRoot, path), join(folder, path), { recursive: true });
  }
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const orders = Array.from({ length: 40 }, (_, index) => anOrder({ orderId: `o-${index}` }));

test('a fourth consumer as README shows it takes less than 30 lines and processes every order', async () => {
  const readme = await readFile(join(projectRoot, 'README.md'), 'utf8');
  const handler = readmeBlock(readme, 'handlers/loyalty/index.ts');
  const definition = readmeBlock(readme, 'cdk/consumers-stack.ts');
  expect((handler + definition).trim().split('\n').length).toBeLessThan(30);

  const project = await copyOfTheProject();
  const handlerFile = join(project, 'handlers/loyalty/index.ts');
  await mkdir(dirname(handlerFile), { recursive: true });
  await writeFile(handlerFile, handler);
  const stackFile = join(project, 'cdk/consumers-stack.ts');
  const stack = await readFile(stackFile, 'utf8');
  const constructorEnd = stack.indexOf('\n  }\n', stack.indexOf('constructor('));
  await writeFile(
    stackFile,
    `${stack.slice(0, constructorEnd)}\n${definition}${stack.slice(constructorEnd)}`,
  );

  const { code, report } = await runStart(['--consumer', 'loyalty', '--orders', '-'], {
    cwd: project,
    stdin: orders.map((order) => JSON.stringify(order)).join('\n'),
  });

  expect({ code, lost: report.lost }).toEqual({ code: 0, lost: 0 });
  expect(report.consumers.loyalty).toMatchObject({ group: 'loyalty', topic: 'order-events' });
  const lags = report.consumers.loyalty?.partitions.map(({ lag, endOffset, committedOffset }) => [
    lag,
    endOffset - committedOffset,
  ]);
  expect(lags).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  const log = await readFile(join(project, '.lanewise/functions.log'), 'utf8');
  for (const { orderId } of orders) expect(log).toContain(`points for order ${orderId}`);
});
