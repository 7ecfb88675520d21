import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const projectDirectory = join(import.meta.dirname, '..', '..');

/** Milliseconds from the start of the process. */
export interface StartTimes {
  /** Its modules are loaded: what `--help` takes. */
  readonly loaded: number;
  /** The mappings run: the first line of progress. */
  readonly running: number;
  /** A record is done and committed, as the progress shows it, which is drawn every quarter of a second. */
  readonly firstDone: number;
  /** Everything is done, and the process has ended. */
  readonly ended: number;
}

/** One run of `npm start` without npm. Another value of NODE_ENV makes another template, which has to be synthesized. */
export async function timeStart(stage: string): Promise<StartTimes> {
  const loaded = await timeRun(['--help'], stage);
  const run = await timeRun(['start', '--once', '--count', '30', '--no-faults', '--port', '0'], stage);
  return { ...run, loaded: loaded.ended };
}

async function timeRun(args: readonly string[], stage: string): Promise<Omit<StartTimes, 'loaded'>> {
  const start = performance.now();
  const child = spawn(process.execPath, ['local/main.ts', ...args], {
    cwd: projectDirectory,
    env: { ...process.env, NODE_ENV: stage },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const passed = () => performance.now() - start;
  let running = Number.NaN;
  let firstDone = Number.NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    if (Number.isNaN(running) && /\bcommitted\b/.test(line)) running = passed();
    if (Number.isNaN(firstDone) && /\bdone [1-9]/.test(line)) firstDone = passed();
  }
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  if (code !== 0) throw new Error(`local/main.ts ${args.join(' ')} ended with ${code}`);
  return { running, firstDone, ended: passed() };
}
