import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';
import { runCli, runStart } from '../support/run-cli.ts';
import { projectRoot } from '../support/source-files.ts';

const run = promisify(execFile);
let source: ProjectCopy;
let project: string;

beforeAll(async () => {
  source = await copyProject();
  for (const name of ['local', 'docs', 'tsconfig.build.json', 'README.md', 'LICENSE', 'CHANGELOG.md']) {
    await cp(join(projectRoot, name), join(source.directory, name), { recursive: true });
  }
  project = await mkdtemp(join(tmpdir(), 'lanewise-foreign-'));
  await cp(join(projectRoot, 'test/fixtures/foreign-project'), project, { recursive: true });
  await install(await pack(), join(project, 'node_modules'));
});

afterAll(async () => {
  await source?.remove();
  await rm(project ?? '', { recursive: true, force: true });
});

/** What `npm pack` makes of the sources. */
async function pack(): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--json'], { cwd: source.directory });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  return join(source.directory, filename);
}

/** What `npm install` does: the package as it is packed, beside the packages that it depends on. */
async function install(tarball: string, folder: string): Promise<void> {
  await mkdir(join(folder, 'lanewise'), { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', join(folder, 'lanewise'), '--strip-components=1']);
  const packages = join(projectRoot, 'node_modules');
  for (const name of await readdir(packages)) await symlink(join(packages, name), join(folder, name));
}

const main = () => join(project, 'node_modules/lanewise/dist/local/main.js');

describe('the package, installed in the project of another team,', () => {
  test('has a built file and its types behind every export', async () => {
    const folder = join(project, 'node_modules/lanewise');
    const { exports } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const entries: [string, Record<string, string>][] = Object.entries(exports);
    expect(entries.length).toBeGreaterThan(20);
    const built = new Set(await readdir(join(folder, 'dist'), { recursive: true }));
    const missing = entries.flatMap(([name, { types, default: code }]) =>
      [types, code].filter((file) => !built.has(String(file).replace('./dist/', ''))).map(() => name),
    );
    expect(missing).toEqual([]);
  });

  test('can be imported by Node without any flag', async () => {
    const script = `console.log(Object.keys(await import('lanewise')).includes('kafkaHandler'))`;
    const args = ['--input-type=module', '--eval', script];
    expect((await run(process.execPath, args, { cwd: project })).stdout).toBe('true\n');
  });

  test('types its stack and its handler', async () => {
    const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, '-p', project]).catch(({ stdout }) => expect.fail(stdout));
  });

  test('asks for records of its own, where the sample orders would be none', async () => {
    const { code, stderr } = await runCli(['start', '--once'], { cwd: project, main: main() });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^lanewise: there is nothing to read: .*order-events.* has parcels.*--orders FILE/,
    );
  });

  test('runs its mapping locally, on the bundle of its own template', async () => {
    const orders = Array.from({ length: 20 }, (_, index) =>
      JSON.stringify({ key: `p-${index}`, payload: '{}' }),
    );
    const { code, report } = await runStart(['--orders', '-'], {
      cwd: project,
      stdin: orders.join('\n'),
      main: main(),
    });
    expect({ code, lost: report.lost }).toEqual({ code: 0, lost: 0 });
    const partitions = report.consumers.tracking?.partitions ?? [];
    expect(partitions.map(({ lag }) => lag)).toEqual([0, 0]);
    expect(partitions.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(20);
    const log = await readFile(join(project, '.lanewise/functions.log'), 'utf8');
    expect(log.match(/tracked \d+ of parcels-\d/g)).toHaveLength(20);
  });
});
