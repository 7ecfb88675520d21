import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// The shell outlives the test only until its standard input closes, which also happens when the test is killed.
const guarded = 'java "$@" >>"$JAVA_LOG" 2>&1 </dev/null & echo $!; cat >/dev/null; kill -9 $! 2>/dev/null';

export interface JavaProcess {
  readonly pid: number;
  readonly isRunning: () => boolean;
  /** Ends it without a chance to clean up. */
  readonly kill: () => Promise<void>;
  /** Ends it in good order. */
  readonly stop: () => Promise<void>;
}

export interface JavaCall {
  readonly libraries: string;
  readonly mainClass: string;
  readonly args: readonly string[];
  readonly options?: readonly string[];
}

/** Starts a Java program that ends at the latest with this process. */
export async function startJava(call: JavaCall, logFile: string): Promise<JavaProcess> {
  const shell = spawn('sh', ['-c', guarded, 'sh', ...javaArguments(call)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, JAVA_LOG: logFile },
  });
  const pid = Number(await firstLine(shell));
  const isRunning = () => isAlive(pid);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (isRunning()) {
      process.kill(pid, signal);
    }
    while (isRunning()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    shell.stdin?.end();
    if (shell.exitCode === null) {
      await once(shell, 'exit');
    }
  };
  return { pid, isRunning, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

export interface JavaResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Java program to its end, with a text as its standard input. */
export async function runJava(call: JavaCall, stdin = ''): Promise<JavaResult> {
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m'];
  const child = spawn('java', javaArguments({ ...call, options: [...quick, ...(call.options ?? [])] }));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const [code] = await once(child, 'close');
  return { code: Number(code), ...output };
}

function javaArguments({ libraries, mainClass, args, options = [] }: JavaCall): string[] {
  return [...options, '-cp', join(libraries, '*'), mainClass, ...args];
}

async function firstLine(shell: ChildProcess): Promise<string> {
  if (shell.stdout === null) {
    throw new Error('the shell has no output');
  }
  for await (const line of createInterface({ input: shell.stdout })) {
    return line;
  }
  throw new Error('java could not be started');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
