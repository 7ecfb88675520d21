import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../project-folder.ts';

/** How another process of the same project finds a running `npm start`. */
export interface ControlAddress {
  readonly pid: number;
  readonly port: number;
  /** Sent with each request, so that no page in a browser can write to the run. */
  readonly token: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** One file for each run, so that runs side by side do not write over each other's address. */
const controlFile = (projectDirectory: string, pid: number) =>
  join(projectDirectory, '.lanewise', 'runs', `${pid}.json`);

export function writeControlFile(projectDirectory: string, address: ControlAddress): void {
  projectFolder(projectDirectory, 'runs');
  writeFileSync(controlFile(projectDirectory, address.pid), JSON.stringify(address), { mode: 0o600 });
}

export function removeControlFile(projectDirectory: string, pid: number): void {
  rmSync(controlFile(projectDirectory, pid), { force: true });
}

/** The runs of a project, the one that was started last first. What a killed one has left behind is removed. */
export function readControlFiles(projectDirectory: string): readonly ControlAddress[] {
  return pidsOf(join(projectDirectory, '.lanewise', 'runs'))
    .flatMap((pid) => {
      if (isAlive(pid)) return readAddress(controlFile(projectDirectory, pid));
      removeControlFile(projectDirectory, pid);
      return [];
    })
    .toSorted((a, b) => b.startedAt - a.startedAt);
}

function pidsOf(folder: string): readonly number[] {
  try {
    return readdirSync(folder).flatMap((name) => /^(\d+)\.json$/.exec(name)?.slice(1).map(Number) ?? []);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Nothing when it is just being written, or just gone. */
function readAddress(path: string): readonly ControlAddress[] {
  try {
    return [JSON.parse(readFileSync(path, 'utf8')) as ControlAddress];
  } catch {
    return [];
  }
}
