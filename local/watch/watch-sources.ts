import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceFiles } from '../assembly/synthesis/source-hash.ts';

/** An editor writes a file in several steps, and often several files. */
const settleMs = 30;

/**
 * Tells which source files of a project have changed, come or gone, as paths below it. Events only say when to look: what
 * changed is seen in the files themselves. Returns what ends the watch.
 */
export function watchSources(
  projectDirectory: string,
  onChange: (files: readonly string[]) => void,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  let before = snapshot(projectDirectory);
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = lookAt(projectDirectory);
    if (now === undefined) return soon();
    const changed = differences(before, now);
    before = now;
    follow();
    if (changed.length > 0) onChange(changed);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, settleMs);
  };
  const follow = () => {
    const folders = new Set(['.', ...[...before.keys()].flatMap(foldersOf)]);
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(join(projectDirectory, folder), { persistent: false }, soon);
      watcher.on('error', () => watchers.delete(folder));
      watchers.set(folder, watcher);
    }
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
  };
  follow();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** `undefined` when files go while they are looked at. */
function lookAt(projectDirectory: string): ReadonlyMap<string, string> | undefined {
  try {
    return snapshot(projectDirectory);
  } catch {
    return undefined;
  }
}

/** Size and time of change of each source file. */
function snapshot(projectDirectory: string): ReadonlyMap<string, string> {
  return new Map(
    sourceFiles(projectDirectory).flatMap((file) => {
      const stats = statSync(join(projectDirectory, file), { throwIfNoEntry: false });
      return stats ? [[file, `${stats.size} ${stats.mtimeMs} ${stats.ino}`] as const] : [];
    }),
  );
}

function differences(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const all = new Set([...before.keys(), ...now.keys()]);
  return [...all].filter((file) => before.get(file) !== now.get(file));
}

/** The folder of a file and those above it, within the project. */
function foldersOf(file: string): readonly string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}
