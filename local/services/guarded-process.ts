import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface GuardedProcess {
  /** Ends the program; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a program that must not outlive us, even when we are killed with SIGKILL and can clean up nothing: a shell
 * beside it reads a pipe that only we hold open, and kills the program when the pipe ends. The shell then waits for it, so
 * that no zombie is left where process 1 reaps none, as in many containers. It lets go of the output, which so ends with
 * the program.
 */
const guard = '"$@" </dev/null 2>&1 & child=$!; exec >/dev/null 2>&1; cat; kill -9 $child; wait $child';

export interface GuardedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The program is up when it has printed a line with this text. */
  readonly readyText: string;
  /** Milliseconds to wait for that line. */
  readonly readyWithin: number;
}

/** Resolves with `undefined` when the program ended, or was not ready in time, as it does when its port is taken. */
export async function startGuardedProcess(command: GuardedCommand): Promise<GuardedProcess | undefined> {
  // Its own process group: Ctrl-C in the terminal goes to us, who still need the service to end in order.
  const child = spawn('/bin/sh', ['-c', guard, 'sh', command.command, ...command.args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // Nobody writes to it; without a listener, its end would be an uncaught error.
  child.stdin.on('error', () => undefined);
  const stop = async () => {
    child.stdin.destroy();
    await gone;
  };
  const ready = await Promise.race([printed(child.stdout, command), gone.then(() => false)]);
  if (ready) return { stop };
  await stop();
  return undefined;
}

/** Whether the line came: not when the output ends before it, or the time. */
function printed(output: Readable, { readyText, readyWithin }: GuardedCommand): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), readyWithin);
    const settle = (isReady: boolean) => {
      clearTimeout(timer);
      resolve(isReady);
    };
    const lines = createInterface({ input: output });
    lines.on('line', (line) => line.includes(readyText) && settle(true));
    lines.on('close', () => settle(false));
  });
}
