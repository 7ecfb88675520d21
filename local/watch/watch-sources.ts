import { type FSWatcher, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { sourceTree } from '../assembly/synthesis/source-hash.ts';

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
    const changed = differences(before.files, now.files);
    before = now;
    // What was written into a new folder before it was watched is seen at a second look.
    if (follow()) soon();
    if (changed.length > 0) onChange(changed);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, settleMs);
  };
  const follow = () => watchFolders(watchers, { projectDirectory, folders: before.folders, onEvent: soon });
  follow();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

interface Watching {
  readonly projectDirectory: string;
  readonly folders: readonly string[];
  readonly onEvent: () => void;
}

/** Watches these folders, also the empty ones, and no others. Returns whether one is new. */
function watchFolders(watchers: Map<string, FSWatcher>, watching: Watching): boolean {
  const { projectDirectory, folders, onEvent } = watching;
  const fresh = folders.filter((folder) => !watchers.has(folder));
  for (const folder of fresh) {
    try {
      const watcher = watch(join(projectDirectory, folder), { persistent: false }, onEvent);
      watcher.on('error', () => watchers.delete(folder));
      watchers.set(folder, watcher);
    } catch {
      // It has gone already. What else has changed since is seen at another look.
      onEvent();
    }
  }
  for (const [folder, watcher] of watchers) {
    if (folders.includes(folder)) continue;
    watcher.close();
    watchers.delete(folder);
  }
  return fresh.length > 0;
}

interface Snapshot {
  readonly folders: readonly string[];
  /** Size and time of change of each source file. */
  readonly files: ReadonlyMap<string, string>;
}

/** `undefined` when files go while they are looked at. */
function lookAt(projectDirectory: string): Snapshot | undefined {
  try {
    return snapshot(projectDirectory);
  } catch {
    return undefined;
  }
}

function snapshot(projectDirectory: string): Snapshot {
  const { folders, files } = sourceTree(projectDirectory);
  const seen = files.flatMap((file) => {
    const stats = statSync(join(projectDirectory, file), { throwIfNoEntry: false });
    return stats ? [[file, `${stats.size} ${stats.mtimeMs} ${stats.ino}`] as const] : [];
  });
  return { folders, files: new Map(seen) };
}

function differences(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const all = new Set([...before.keys(), ...now.keys()]);
  return [...all].filter((file) => before.get(file) !== now.get(file));
}
