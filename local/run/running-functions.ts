import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { FunctionConfig } from '../assembly/local-system.ts';
import { deathOf } from '../faults/fault-plan.ts';
import { compileCacheOf } from '../function/compile-cache.ts';
import { createFunction, type LocalFunction } from '../function/create-function.ts';
import { LocalError } from '../local-error.ts';
import type { LocalRunOptions } from './local-run.ts';

/** A function of a run, with what it was made from. */
export interface RunningFunction {
  readonly config: FunctionConfig;
  readonly started: LocalFunction;
  /** Folder of the code that runs now. */
  codeDirectory: string;
}

/** @throws LocalError when it cannot be initialised. */
export async function startFunction(
  config: FunctionConfig,
  options: LocalRunOptions,
): Promise<RunningFunction> {
  const { projectDirectory, environment, faults, onLog } = options;
  const started = createFunction(config, {
    projectDirectory,
    environment,
    onLog,
    compileCache: compileCacheOf(projectDirectory),
    inspect: options.inspections.get(config.logicalId),
    fault: (invocation) => {
      const afterMs = deathOf(faults, invocation.function, invocation.number);
      return afterMs === undefined ? undefined : { kind: 'die', afterMs };
    },
  });
  const failure = await started.warmUp();
  if (failure?.kind !== 'function-error') return { config, started, codeDirectory: config.codeDirectory };
  await started.stop();
  throw new LocalError(
    `function ${config.name} cannot be initialised: ${failure.errorType}: ${failure.errorMessage} (${config.codeDirectory})`,
  );
}

/** Lets later invocations run other code. Tells in one line what is wrong with it; then the old code stays. */
export async function swapCode(running: RunningFunction, codeDirectory: string): Promise<string | undefined> {
  const failure = await running.started.replaceCode(codeDirectory);
  if (failure?.kind === 'function-error') return `${failure.errorType}: ${failure.errorMessage}`;
  running.codeDirectory = codeDirectory;
  return undefined;
}

/** Whether two functions differ at most in their code. */
export function isSameBesideCode(one: FunctionConfig, other: FunctionConfig): boolean {
  return isDeepStrictEqual({ ...one, codeDirectory: '' }, { ...other, codeDirectory: '' });
}

/** Whether two folders hold the same code; source maps, which name the folder they lie in, left out. */
export function isSameCode(one: string, other: string): boolean {
  if (one === other) return true;
  const [files, others] = [codeFiles(one), codeFiles(other)];
  return (
    isDeepStrictEqual(files, others) &&
    files.every((file) => readFileSync(join(one, file)).equals(readFileSync(join(other, file))))
  );
}

export function codeFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}
