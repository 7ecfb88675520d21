import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bundler, createBundler } from '../../../local/watch/create-bundler.ts';
import { findEntry } from '../../../local/watch/find-entry.ts';

let project: string;
let bundler: Bundler | undefined;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'lanewise-bundles-'));
  await mkdir(join(project, 'handlers'));
  await write('price.ts', 'export const price: number = 4;');
  await write('index.ts', "import { price } from './price.ts';\nexport const handler = async () => price;");
});
afterEach(async () => {
  await bundler?.stop();
  bundler = undefined;
  await rm(project, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(project, 'handlers', name), text);

/** What CDK's NodejsFunction makes for our constructs, with these options beside. */
async function bundle(more: BuildOptions = {}): Promise<string> {
  const codeDirectory = join(project, 'cdk.out', 'asset.1');
  await build({
    entryPoints: [join(project, 'handlers', 'index.ts')],
    outfile: join(codeDirectory, 'index.mjs'),
    absWorkingDir: project,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/*'],
    minify: true,
    keepNames: true,
    sourcemap: true,
    ...more,
  });
  return codeDirectory;
}

async function aBundler(): Promise<Bundler> {
  const codeDirectory = await bundle();
  const found = findEntry(codeDirectory);
  if (!found) throw new Error('no entry was found');
  const outputDirectory = join(project, '.lanewise', 'dev');
  bundler = await createBundler(found, { projectDirectory: project, codeDirectory, outputDirectory });
  if (!bundler) throw new Error('the bundle could not be made again');
  return bundler;
}

test('the entry of a bundle is found in its source map', async () => {
  expect(findEntry(await bundle())).toEqual({
    entry: join(project, 'handlers', 'index.ts'),
    file: 'index.mjs',
  });
});

test('code without a source map, or that is more than a bundle, has none', async () => {
  await bundle({ sourcemap: false, outfile: join(project, 'bare', 'index.mjs') });
  expect(findEntry(join(project, 'bare'))).toBeUndefined();
  const code = await bundle();
  await writeFile(join(code, 'template.html'), '<p>');
  expect(findEntry(code)).toBeUndefined();
});

test('a function with bundling options of its own is left to CDK', async () => {
  const codeDirectory = await bundle({
    define: { 'process.env.STAGE': '"test"' },
    banner: { js: '// shop' },
  });
  const found = findEntry(codeDirectory);
  const place = { projectDirectory: project, codeDirectory, outputDirectory: join(project, '.lanewise') };
  expect(found && (await createBundler(found, place))).toBeUndefined();
});

describe('a bundler', () => {
  test('is concerned with the files of its bundle only', async () => {
    const made = await aBundler();
    expect(made.concerns('handlers/price.ts')).toBe(true);
    expect(made.concerns('handlers/other.ts')).toBe(false);
  });

  test('writes new code into a folder of its own, and keeps the one before', async () => {
    const made = await aBundler();
    const folders: string[] = [];
    for (const price of [5, 6, 7]) {
      await write('price.ts', `export const price: number = ${price};`);
      const rebuilt = await made.rebuild();
      if (rebuilt.kind !== 'built') throw new Error(`it was ${rebuilt.kind}`);
      folders.push(rebuilt.codeDirectory);
      expect(await readFile(join(rebuilt.codeDirectory, 'index.mjs'), 'utf8')).toContain(`=>${price}`);
    }
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, true, true]);
    expect(findEntry(folders.at(-1) ?? '')?.entry).toBe(join(project, 'handlers', 'index.ts'));
  });

  test('tells what is wrong with file and line, and may be mended from any file', async () => {
    const made = await aBundler();
    await write('index.ts', "import { price } from './missing.ts';\nexport const handler = () => price;");
    expect(await made.rebuild()).toEqual({
      kind: 'broken',
      problem: 'handlers/index.ts:1:23: Could not resolve "./missing.ts"',
    });
    expect(made.concerns('handlers/missing.ts')).toBe(true);
    await write('index.ts', "import { price } from './price.ts';\nexport const handler = async () => price;");
    expect(await made.rebuild()).toEqual({ kind: 'unchanged', isMended: true });
  });

  test('does nothing for a file that is written again as it was', async () => {
    const made = await aBundler();
    await write('price.ts', 'export const price: number = 4;');
    expect(await made.rebuild()).toEqual({ kind: 'unchanged', isMended: false });
  });
});
