import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { projectRoot } from './source-files.ts';

/**
 * Loads a module of source text, as a function's code is bundled: for syntax that has to be compiled, such as decorators, which Node's type stripping does
 * not know. Packages are left to Node, so that the module shares them with the test.
 */
export async function loadTypescript<Module>(
  contents: string,
  compilerOptions: Readonly<Record<string, unknown>> = {},
): Promise<Module> {
  const parent = join(projectRoot, '.lanewise');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'module-'));
  const outfile = join(folder, 'module.mjs');
  try {
    await build({
      stdin: { contents, resolveDir: projectRoot, loader: 'ts' },
      bundle: true,
      packages: 'external',
      outfile,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      tsconfigRaw: { compilerOptions },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
