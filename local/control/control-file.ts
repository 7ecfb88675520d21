import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How another process of the same project finds a running `npm start`. */
export interface ControlAddress {
  readonly pid: number;
  readonly port: number;
  /** Sent with each request, so that no page in a browser can write to the run. */
  readonly token: string;
}

const controlFile = (projectDirectory: string) => join(projectDirectory, '.lanewise', 'control.json');

export function writeControlFile(projectDirectory: string, address: ControlAddress): void {
  const path = controlFile(projectDirectory);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(address), { mode: 0o600 });
}

/** Removes the file if it is still this process's own: a later run may have written over it. */
export function removeControlFile(projectDirectory: string, pid: number): void {
  if (readControlFile(projectDirectory)?.pid === pid) rmSync(controlFile(projectDirectory), { force: true });
}

/** The address of the running process, `undefined` when none runs (a file left by a killed one does not count). */
export function readControlFile(projectDirectory: string): ControlAddress | undefined {
  const path = controlFile(projectDirectory);
  if (!existsSync(path)) return undefined;
  try {
    const address = JSON.parse(readFileSync(path, 'utf8')) as ControlAddress;
    process.kill(address.pid, 0);
    return address;
  } catch {
    return undefined;
  }
}
