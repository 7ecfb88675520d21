import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../local/services/free-port.ts';
import { startGuardedProcess } from '../../../local/services/guarded-process.ts';
import { patienceMs } from '../../support/patience.ts';

const run = promisify(execFile);
const here = import.meta.dirname;
const cache = join(here, '../../../node_modules/.cache/lanewise');
const libraries = join(cache, 'dynamodb-local-3.1.0');

/** Starts AWS's own DynamoDB Local, in memory. Maven brings it once. Needs Java 17 and Maven. */
export async function startDynamodbLocal() {
  if (!existsSync(libraries)) await download();
  const port = await freePort();
  const main = 'software.amazon.dynamodb.services.local.main.ServerRunner';
  const options = ['-inMemory', '-port', String(port), '-disableTelemetry'];
  const started = await startGuardedProcess({
    command: 'java',
    args: [`-Djava.library.path=${libraries}`, '-cp', join(libraries, '*'), main, ...options],
    readyText: 'Initializing DynamoDB Local',
    readyWithin: patienceMs,
  });
  if (started === undefined) throw new Error('DynamoDB Local did not start; it needs Java 17 or newer');
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(endpoint);
  return { endpoint, stop: started.stop };
}

/** It prints its banner before it listens. */
async function answers(endpoint: string): Promise<void> {
  const until = Date.now() + patienceMs;
  while (
    !(await fetch(endpoint).then(
      () => true,
      () => false,
    ))
  ) {
    if (Date.now() > until) throw new Error(`DynamoDB Local does not answer at ${endpoint}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Beside its place first, so that a download that was cut off is not taken for whole. */
async function download(): Promise<void> {
  const partial = `${libraries}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  const pom = join(here, 'pom.xml');
  await run('mvn', [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${partial}`,
  ]).catch((error: unknown) => {
    throw new Error(
      'Maven could not bring DynamoDB Local; these tests need Maven and its central repository',
      {
        cause: error,
      },
    );
  });
  await rename(partial, libraries).catch(() => rm(partial, { recursive: true, force: true }));
}
