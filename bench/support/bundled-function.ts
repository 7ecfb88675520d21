import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFunction, type LocalFunction } from '../../local/function/create-function.ts';
import { bundleFunction } from '../init/functions.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');

/** A function in an execution environment of local/, from the source of its module. */
export async function startBundledFunction(source: string): Promise<LocalFunction> {
  const codeDirectory = mkdtempSync(join(tmpdir(), 'lanewise-bench-function-'));
  writeFileSync(join(codeDirectory, 'index.mjs'), await bundleFunction(source));
  const started = createFunction(
    {
      logicalId: 'BenchFunction',
      stack: 'bench',
      name: 'bench',
      functionName: 'bench',
      arn: 'arn:aws:lambda:eu-central-1:111122223333:function:bench',
      codeDirectory,
      handler: 'index.handler',
      timeout: 60_000,
      memorySize: 512,
      environment: {},
      reservedConcurrency: undefined,
    },
    { projectDirectory },
  );
  await started.warmUp();
  const stop = async () => {
    await started.stop();
    rmSync(codeDirectory, { recursive: true, force: true });
  };
  return { ...started, stop };
}
