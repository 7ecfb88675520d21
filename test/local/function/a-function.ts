import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import type { FunctionConfig } from '../../../local/assembly/local-system.ts';
import { createFunction, type LocalFunction } from '../../../local/function/create-function.ts';
import type { FunctionOptions, LogLine } from '../../../local/function/function-options.ts';
import type { InvokeResult } from '../../../local/function/invoker.ts';
import { patienceMs } from '../../support/patience.ts';

const running: LocalFunction[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder outside the project, with the files of a bundle. */
export function aBundle(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lanewise-bundle-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface FunctionUnderTest extends LocalFunction {
  readonly logs: readonly LogLine[];
}

/** A function whose bundle is this one ES module, or these files. */
export function aFunction(
  code: string | Readonly<Record<string, string>>,
  config: Partial<FunctionConfig> = {},
  options: Partial<FunctionOptions> = {},
): FunctionUnderTest {
  const logs: LogLine[] = [];
  const created = createFunction(
    aFunctionConfig({
      codeDirectory: aBundle(typeof code === 'string' ? { 'index.mjs': code } : code),
      ...config,
    }),
    { projectDirectory: process.cwd(), onLog: (line) => logs.push(line), initLimit: patienceMs, ...options },
  );
  running.push(created);
  return { ...created, logs };
}

export function aFunctionConfig(config: Partial<FunctionConfig>): FunctionConfig {
  return {
    logicalId: 'BillingFunction',
    stack: 'shop',
    name: 'billing',
    functionName: 'shop-billing',
    arn: 'arn:aws:lambda:eu-central-1:000011112222:function:shop-billing',
    codeDirectory: '/nowhere',
    handler: 'index.handler',
    timeout: 60_000,
    memorySize: 128,
    environment: {},
    reservedConcurrency: undefined,
    ...config,
  };
}

/** What the handler returned, parsed. */
export function returned(result: InvokeResult): unknown {
  if (result.kind !== 'returned') throw new Error(`the function did not return: ${JSON.stringify(result)}`);
  return JSON.parse(result.payload);
}
