import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '../../local/report/run-report.ts';
import { projectRoot } from './source-files.ts';

export interface CliResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Another command line than this project's: that of a built package. */
  readonly main?: string;
}

export interface StartedCli {
  readonly process: ChildProcess;
  /** Resolves when standard output has this text. */
  printed(text: string | RegExp): Promise<void>;
  /** What standard output has so far. */
  stdout(): string;
  result(): Promise<CliResult>;
}

const ourMain = join(projectRoot, 'local', 'main.ts');

/** Starts the command line as its npm scripts do, without a terminal. */
export function startCli(args: readonly string[], options: CliOptions = {}): StartedCli {
  const child = spawn(process.execPath, [options.main ?? ourMain, ...args], {
    cwd: options.cwd ?? projectRoot,
    env: { ...process.env, ...options.environment },
  });
  endWithUs(child);
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    for (const watcher of watchers) watcher();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  const closed = once(child, 'close');
  return {
    process: child,
    printed: (text) => printed(text, { output, watchers, closed }),
    stdout: () => output.stdout,
    result: async () => {
      const [code] = await closed;
      return { code: code as number | null, ...output };
    },
  };
}

/** A test that fails half way must not leave a run behind, waiting for a terminal or a debugger that never comes. */
export function endWithUs(child: ChildProcess): void {
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
}

/** Runs the command line to its end. */
export const runCli = (args: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
  startCli(args, options).result();

/** Runs `npm start` to its end and reads its report. */
export async function runStart(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult & { readonly report: RunReport }> {
  const file = join(await mkdtemp(join(tmpdir(), 'lanewise-report-')), 'report.json');
  const result = await runCli(['start', '--once', '--report', file, ...args], options);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(
      `there is no report; the run ended with ${result.code}:\n${result.stdout}\n${result.stderr}`,
    );
  });
  return { ...result, report: JSON.parse(text) as RunReport };
}

interface Watched {
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly watchers: Set<() => void>;
  readonly closed: Promise<unknown>;
}

function printed(text: string | RegExp, { output, watchers, closed }: Watched): Promise<void> {
  const seen = () => (typeof text === 'string' ? output.stdout.includes(text) : text.test(output.stdout));
  return new Promise((resolve, reject) => {
    const watch = () => {
      if (!seen()) return;
      watchers.delete(watch);
      resolve();
    };
    watchers.add(watch);
    watch();
    void closed.then(() =>
      reject(new Error(`it ended without printing ${text}:\n${output.stdout}\n${output.stderr}`)),
    );
  });
}
