import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patienceMs } from '../../support/patience.ts';
import { aBundle, aFunctionConfig } from './a-function.ts';

test('a warm function that nobody stops keeps no process alive', () => {
  const script = aBundle({ 'index.mjs': 'export const handler = async () => "warm"' });
  const config = aFunctionConfig({ codeDirectory: script });
  const program = `
    import { createFunction } from ${JSON.stringify(join(process.cwd(), 'local/function/create-function.ts'))};
    const created = createFunction(${JSON.stringify(config)}, { projectDirectory: process.cwd() });
    console.log((await created.invoke('{}')).payload);
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: patienceMs,
  });
  expect(output).toBe('"warm"\n');
});
