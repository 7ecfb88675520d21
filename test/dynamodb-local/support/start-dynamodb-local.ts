import { join } from 'node:path';
import { startGuardedProcess } from '../../../local/services/guarded-process.ts';
import { freePorts } from '../../support/free-ports.ts';
import { mavenLibraries } from '../../support/maven-libraries.ts';
import { patienceMs } from '../../support/patience.ts';

/** Starts AWS's own DynamoDB Local, in memory. Maven brings it once. Needs Java 17 and Maven. */
export async function startDynamodbLocal() {
  const libraries = await mavenLibraries('dynamodb-local', join(import.meta.dirname, 'pom.xml'));
  const [port = 0] = await freePorts(1);
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
