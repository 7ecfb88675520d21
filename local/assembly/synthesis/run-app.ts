import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { LocalError } from '../../local-error.ts';

/** An app that asks a question or serves for ever is no app of a synthesis. */
const maximumDuration = 5 * 60 * 1000;

/** Characters of the app's error output that are kept, from its end. */
const keptOutput = 8_192;

/** Lines of it that a message shows. */
const shownLines = 12;

export interface AppCommand {
  readonly command: string;
  readonly projectDirectory: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Runs the `app` command of cdk.json through a shell, as the CDK CLI does. @throws LocalError when it fails. */
export async function runApp({ command, projectDirectory, variables }: AppCommand): Promise<void> {
  const app = spawn(command, {
    cwd: projectDirectory,
    shell: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: maximumDuration,
    env: { ...process.env, PATH: searchPath(projectDirectory), ...variables },
  });
  let output = '';
  app.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-keptOutput);
  });
  const status = await new Promise<string | undefined>((resolve) => {
    app.once('error', (error) => resolve(`cannot be started (${error.message})`));
    app.once('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${code ?? signal}`));
  });
  if (status === undefined) return;
  throw new LocalError(`the app command of cdk.json (${command}) ${status}${tailOf(output)}`);
}

/** The app runs on the Node that runs now, whatever `node` means elsewhere on the machine. */
function searchPath(projectDirectory: string): string {
  const binaries = join(projectDirectory, 'node_modules', '.bin');
  return [dirname(process.execPath), binaries, process.env.PATH ?? ''].join(delimiter);
}

/** Without the frames of a stack: what was thrown stands above them, and would be cut off. */
function tailOf(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.length === 0 ? '' : `:\n${lines.slice(-shownLines).join('\n')}`;
}
