import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import { beforeAll, expect, test } from 'vitest';
import { aCluster, aTopic } from '../../support/kafka-fixtures.ts';
import { anApp } from '../../support/synth-app.ts';

const run = promisify(execFile);
let modules: readonly string[];

beforeAll(() => {
  const app = anApp({ 'aws:cdk:bundling-stacks': ['**'] }, mkdtempSync(join(tmpdir(), 'lanewise-bundles-')));
  const stack = new Stack(app, 'Shop');
  aTopic(stack, { cluster: aCluster(stack, { kind: 'serverless' }) });
  app.synth();
  // The SDK, which Lambda's runtime has, is the project's own here.
  symlinkSync(join(process.cwd(), 'node_modules'), join(app.outdir, 'node_modules'));
  modules = readdirSync(app.outdir)
    .filter((name) => name.startsWith('asset.'))
    .map((name) => join(app.outdir, name, 'index.mjs'));
});

test('the two functions of the topic admin load as Lambda loads them', async () => {
  expect(modules).toHaveLength(2);
  for (const module of modules) {
    const script = `console.log(typeof (await import(${JSON.stringify(module)})).handler)`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, AWS_REGION: 'eu-central-1' },
    });
    expect(stdout.trim()).toBe('function');
  }
});
