import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface GuardedProcess {
  /** Ends the process and everything it started; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a program that must not outlive us, even when we are killed with SIGKILL and can clean up nothing: a shell
 * beside it reads a pipe that only we hold open, and kills the program when the pipe ends.
 */
const guard =
  'exec 3<&0; "$@" </dev/null 2>&1 & child=$!; (cat <&3 >/dev/null; kill -9 $child) & wait $child';

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
    killGroup(child);
    await gone;
  };
  const ready = await Promise.race([printed(child, command), gone.then(() => false)]);
  if (ready) return { stop };
  await stop();
  return undefined;
}

function printed(child: ChildProcess, { readyText, readyWithin }: GuardedCommand): Promise<boolean> {
  const { stdout } = child;
  if (!stdout) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), readyWithin);
    createInterface({ input: stdout }).on('line', (line) => {
      if (!line.includes(readyText)) return;
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone between the question and the kill.
  }
}
