import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { projectRoot } from './source-files.ts';

const run = promisify(execFile);
const cache = join(projectRoot, 'node_modules', '.cache', 'lanewise');

/** A repository has bad moments: how long to wait after each attempt that failed, in milliseconds. */
const pauses = [2_000, 15_000];

/** The directory with the jars that a pom.xml names; Maven brings them once. */
export async function mavenLibraries(name: string, pom: string): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  const libraries = join(cache, `${name}-${version}`);
  if (existsSync(libraries)) return libraries;
  await requireProgram('java', 'Java 17 or newer');
  await requireProgram('mvn', 'Maven');
  await download(pom, libraries);
  return libraries;
}

/** Downloads beside the place and moves it there at once, so that a download that was cut off is not taken for whole. */
async function download(pom: string, libraries: string, attempt = 0): Promise<void> {
  const partial = `${libraries}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  const directory = `-DoutputDirectory=${partial}`;
  try {
    await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', directory]);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    const pause = pauses[attempt];
    if (pause === undefined)
      throw new Error(`Maven could not bring what ${pom} names, in ${attempt + 1} attempts`, {
        cause: error,
      });
    await sleep(pause);
    return download(pom, libraries, attempt + 1);
  }
  await rename(partial, libraries).catch(() => rm(partial, { recursive: true, force: true }));
}

async function requireProgram(program: string, name: string): Promise<void> {
  await run(program, ['-version']).catch(() => {
    throw new Error(`these tests need ${name}: '${program}' cannot be run; install it, or run npm test only`);
  });
}
