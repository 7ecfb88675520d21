import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aFunction, returned } from './a-function.ts';

const usesSdk = `
  import { SQSClient } from '@aws-sdk/client-sqs';
  export const handler = async () => typeof SQSClient;
`;

describe('a bundle outside the project', () => {
  test('finds the AWS SDK, which it does not carry, in the project', async () => {
    expect(returned(await aFunction(usesSdk).invoke('{}'))).toBe('function');
  });

  test('finds it from CommonJS too', async () => {
    const common = aFunction({
      'index.js': `const { SQSClient } = require('@aws-sdk/client-sqs'); exports.handler = async () => typeof SQSClient`,
    });
    expect(returned(await common.invoke('{}'))).toBe('function');
  });

  test('may carry packages of its own', async () => {
    const carrying = aFunction({
      'index.mjs': `import { n } from 'own'; import { join } from 'path'; export const handler = async () => join('a', n)`,
      'node_modules/own/package.json': '{"type":"module","main":"main.js"}',
      'node_modules/own/main.js': 'export const n = "b"',
    });
    expect(returned(await carrying.invoke('{}'))).toBe('a/b');
  });
});

describe('a bundle inside the project', () => {
  let folder = '';

  beforeAll(() => {
    mkdirSync('.lanewise', { recursive: true });
    folder = mkdtempSync(join(process.cwd(), '.lanewise', 'bundle-'));
    writeFileSync(join(folder, 'sdk.mjs'), usesSdk);
    writeFileSync(join(folder, 'forgot.mjs'), `import 'zod'; export const handler = async () => 1`);
    writeFileSync(join(folder, 'common.js'), `module.exports.handler = async () => typeof require`);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds the AWS SDK', async () => {
    const inside = aFunction({}, { codeDirectory: folder, handler: 'sdk.handler' });
    expect(returned(await inside.invoke('{}'))).toBe('function');
  });

  test('does not find a package that it forgot, as it would not on Lambda', async () => {
    const forgetful = aFunction({}, { codeDirectory: folder, handler: 'forgot.handler' });
    expect(await forgetful.invoke('{}')).toMatchObject({
      reason: 'init',
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringContaining("Cannot find package 'zod'"),
    });
  });

  test('is CommonJS when it is written so, whatever package.json of the project says', async () => {
    const common = aFunction({}, { codeDirectory: folder, handler: 'common.handler' });
    expect(returned(await common.invoke('{}'))).toBe('function');
  });
});
