import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * A process that a debugger holds cannot notice that its owner is gone, and would stay for ever. A shell beside it
 * reads a pipe that only we hold open, and kills it when the pipe ends. Returns what ends the shell instead.
 */
export function guardProcess({ pid }: ChildProcess): () => void {
  if (pid === undefined) return () => undefined;
  // A process group of its own: Ctrl-C in the terminal goes to us.
  const shell = spawn('/bin/sh', ['-c', 'cat; kill -9 "$1"', 'sh', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  (shell.stdin as Socket).unref();
  return () => {
    shell.kill('SIGKILL');
    shell.stdin.destroy();
  };
}
