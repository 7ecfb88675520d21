import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../project-folder.ts';

/** Assemblies kept, the one used last first: enough to switch between branches, and for runs that still use an old one. */
const kept = 10;

/** After this long a half-written assembly belongs to a run that was killed. */
const abandonedAfter = 10 * 60 * 1000;

export interface AssemblyCache {
  /** The finished assembly of a key, marked as used. */
  find(key: string): string | undefined;
  /** A directory beside the finished ones, to write a new assembly into. */
  begin(key: string): string;
  /** Makes what was written the finished assembly of its key, all at once. */
  finish(key: string, written: string): string;
  discard(written: string): void;
}

/** Synthesized assemblies by the hash of their sources. A killed run leaves no half assembly under a finished name. */
export function createAssemblyCache(projectDirectory: string): AssemblyCache {
  const root = join(projectDirectory, '.lanewise', 'assembly');
  return {
    find: (key) => {
      const directory = join(root, key);
      if (!existsSync(join(directory, 'manifest.json'))) return undefined;
      const now = new Date();
      utimesSync(directory, now, now);
      return directory;
    },
    begin: (key) => {
      return projectFolder(projectDirectory, 'assembly', `${key}.${process.pid}-${Date.now()}`);
    },
    finish: (key, written) => {
      const directory = join(root, key);
      moveInto(written, directory);
      prune(root);
      return directory;
    },
    discard: (written) => rmSync(written, { recursive: true, force: true }),
  };
}

function moveInto(written: string, directory: string): void {
  try {
    renameSync(written, directory);
  } catch (error) {
    // Another run was faster: its assembly is made from the same sources.
    if (!existsSync(join(directory, 'manifest.json'))) throw error;
    rmSync(written, { recursive: true, force: true });
  }
}

function prune(root: string): void {
  const entries = readdirSync(root).map((name) => ({ name, usedAt: usedAt(join(root, name)) }));
  const finished = entries.filter(({ name }) => !name.includes('.')).sort((a, b) => b.usedAt - a.usedAt);
  const abandoned = entries.filter(
    ({ name, usedAt }) => name.includes('.') && usedAt < Date.now() - abandonedAfter,
  );
  for (const { name } of [...finished.slice(kept), ...abandoned]) {
    rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** 0 when another run has just removed it. */
function usedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
