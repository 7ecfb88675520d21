import { accessSync, chmodSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LocalError } from '../local-error.ts';
import { freePort } from './free-port.ts';
import { type GuardedProcess, startGuardedProcess } from './guarded-process.ts';
import type { LocalService } from './local-service.ts';

/** Each attempt takes another port: between choosing one and binding it, somebody else may have it. */
const attempts = 5;
const readyWithin = 10_000;

/** Starts dynoxide, a DynamoDB in one static binary, in memory, on a free port of 127.0.0.1. */
export async function startDynamodb(): Promise<LocalService> {
  const command = dynoxideBinary();
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const port = await freePort();
    const started = await serve(command, port);
    if (started) return { endpoint: `http://127.0.0.1:${port}`, stop: started.stop };
  }
  throw new LocalError(
    `the embedded DynamoDB did not start in ${attempts} attempts (${command} serve); try it by hand, or set AWS_ENDPOINT_URL_DYNAMODB to a DynamoDB that runs`,
  );
}

function serve(command: string, port: number): Promise<GuardedProcess | undefined> {
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port)];
  return startGuardedProcess({ command, args, readyText: 'listening', readyWithin });
}

/**
 * The binary for this platform, from the optional package `@dynoxide/<platform>-<arch>`.
 *
 * @throws LocalError when there is none.
 */
export function dynoxideBinary(platform = `${process.platform}-${process.arch}`): string {
  const binary = join(dirname(packageFile(platform)), 'dynoxide');
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    // Some package managers lose the executable bit.
    chmodSync(binary, 0o755);
  }
  return binary;
}

function packageFile(platform: string): string {
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${platform}/package.json`);
  } catch {
    throw new LocalError(
      `no embedded DynamoDB for ${platform} (package @dynoxide/${platform} is not installed); start any DynamoDB yourself, for example DynamoDB Local, and set AWS_ENDPOINT_URL_DYNAMODB to its address`,
    );
  }
}
