import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeFiles } from '../run/running-functions.ts';

/** The one file of a bundle. */
export type BundleFile = 'index.mjs' | 'index.js';

/** How CDK bundled a function, read from what it wrote. */
export interface FoundBundle {
  /** The source file that exports the handler. */
  readonly entry: string;
  readonly file: BundleFile;
}

/**
 * The entry of a bundle of CDK's NodejsFunction: esbuild writes modules after those that they import, so it is the last of
 * the sources that the source map names. `undefined` when the code is no such bundle.
 */
export function findEntry(codeDirectory: string): FoundBundle | undefined {
  const [name, ...others] = codeFiles(codeDirectory);
  if ((name !== 'index.mjs' && name !== 'index.js') || others.length > 0) return undefined;
  const source = lastSource(join(codeDirectory, `${name}.map`));
  if (source === undefined) return undefined;
  const entry = resolve(codeDirectory, source);
  return existsSync(entry) ? { entry, file: name } : undefined;
}

function lastSource(map: string): string | undefined {
  if (!existsSync(map)) return undefined;
  const { sources }: { readonly sources?: readonly string[] } = JSON.parse(readFileSync(map, 'utf8'));
  return sources?.at(-1);
}
