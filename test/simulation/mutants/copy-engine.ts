import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../engine.ts';
import type { Mutant } from './mutants.ts';

/** What the engine is made of, with what it imports. */
const FOLDERS = ['local/mapping', 'local/source', 'local/destination', 'local/function', 'lib/event'];
const FILES = ['local/clock.ts', 'local/local-error.ts', 'package.json'];

export interface EngineCopy {
  readonly root: string;
  remove(): Promise<void>;
}

/** Copies the engine with a fault put in. Throws when the place for it is not there any more. */
export async function copyEngine({ name, file, find, replace }: Mutant): Promise<EngineCopy> {
  const root = await mkdtemp(join(tmpdir(), 'lanewise-mutant-'));
  for (const folder of FOLDERS) await cp(join(PROJECT, folder), join(root, folder), { recursive: true });
  for (const one of FILES) await cp(join(PROJECT, one), join(root, one));
  const text = await readFile(join(root, file), 'utf8');
  const parts = text.split(find);
  if (parts.length !== 2)
    throw new Error(`"${name}": ${file} has its place ${parts.length - 1} times, not once`);
  await writeFile(join(root, file), parts.join(replace));
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
