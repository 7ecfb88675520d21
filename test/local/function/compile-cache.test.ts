import { mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileCacheOf } from '../../../local/function/compile-cache.ts';
import { aBundle, aFunction, returned } from './a-function.ts';

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

test('what one environment compiled is there for the next, and its handler sees nothing of it', async () => {
  const compileCache = join(aBundle({}), 'cache');
  const code = `export const handler = async () => process.env.NODE_COMPILE_CACHE ?? 'unseen'`;
  const first = aFunction(code, {}, { compileCache });
  expect(returned(await first.invoke('{}'))).toBe('unseen');
  await first.stop();
  expect(filesIn(compileCache).length).toBeGreaterThan(0);
  expect(returned(await aFunction(code, {}, { compileCache }).invoke('{}'))).toBe('unseen');
});

test('new code at the place of old code is compiled anew', async () => {
  const compileCache = join(aBundle({}), 'cache');
  const codeDirectory = aBundle({ 'index.mjs': 'export const handler = async () => "old"' });
  const run = async () => {
    const started = aFunction({}, { codeDirectory }, { compileCache });
    const answer = returned(await started.invoke('{}'));
    await started.stop();
    return answer;
  };
  expect(await run()).toBe('old');
  writeFileSync(join(codeDirectory, 'index.mjs'), 'export const handler = async () => "new"');
  expect(await run()).toBe('new');
});

test("a template's own cache is the handler's to see", async () => {
  const [own, compileCache] = [join(aBundle({}), 'own'), join(aBundle({}), 'cache')];
  const code = 'export const handler = async () => process.env.NODE_COMPILE_CACHE';
  const configured = aFunction(code, { environment: { NODE_COMPILE_CACHE: own } }, { compileCache });
  expect(returned(await configured.invoke('{}'))).toBe(own);
});

test('a cache that has grown too large is begun anew', () => {
  const project = aBundle({});
  const cache = compileCacheOf(project);
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'small'), 'kept');
  expect(filesIn(compileCacheOf(project))).toHaveLength(1);
  writeFileSync(join(cache, 'large'), '');
  truncateSync(join(cache, 'large'), 65 * 1024 * 1024);
  compileCacheOf(project);
  expect(statSync(cache, { throwIfNoEntry: false })).toBeUndefined();
});
