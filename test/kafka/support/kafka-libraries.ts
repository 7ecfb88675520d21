import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const cache = join(here, '../../../node_modules/.cache/lanewise');

/** The directory with the jars of Apache Kafka and its tools; Maven brings them once for each pom.xml. */
export async function kafkaLibraries(): Promise<string> {
  const pom = join(here, 'pom.xml');
  const version = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  const libraries = join(cache, `kafka-${version}`);
  if (!existsSync(libraries)) {
    await requireProgram('java', ['-version'], 'Java 17 or newer');
    await requireProgram('mvn', ['-version'], 'Maven');
    await download(pom, libraries);
  }
  return libraries;
}

/** Downloads beside the place and moves it there at once, so that a download that was cut off is not taken for whole. */
async function download(pom: string, libraries: string): Promise<void> {
  const partial = `${libraries}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  const directory = `-DoutputDirectory=${partial}`;
  await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', directory]);
  await rename(partial, libraries).catch(() => rm(partial, { recursive: true, force: true }));
}

async function requireProgram(program: string, args: readonly string[], name: string): Promise<void> {
  await run(program, [...args]).catch(() => {
    throw new Error(
      `the tests against a real Kafka need ${name}: '${program}' cannot be run; install it or run npm test only`,
    );
  });
}
