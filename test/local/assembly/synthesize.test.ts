import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { synthesize } from '../../../local/assembly/synthesize.ts';
import { writeReport } from '../../../local/report/report-file.ts';
import type { RunReport } from '../../../local/report/run-report.ts';
import { aFolder, writeJson } from './an-assembly.ts';

/** Writes an assembly that tells what the app was given, and counts its runs beside the project. */
const countingApp = `
  import { appendFileSync, writeFileSync } from 'node:fs';
  appendFileSync('runs.log', 'run\\n');
  const { CDK_OUTDIR, CDK_CONTEXT_JSON, CDK_VALIDATION } = process.env;
  writeFileSync(CDK_OUTDIR + '/manifest.json', JSON.stringify({ context: JSON.parse(CDK_CONTEXT_JSON), CDK_VALIDATION, node: process.version }));
`;

/** A CDK project whose app is this ES module. */
function aProject(app = countingApp): string {
  const project = aFolder();
  writeFileSync(join(project, 'app.mjs'), app);
  writeJson(project, 'cdk.json', { app: 'node app.mjs', context: { color: 'green' } });
  return project;
}

function runs(project: string): number {
  const log = join(project, 'runs.log');
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
}

const cached = (project: string) => readdirSync(join(project, '.lanewise', 'assembly'));

describe('synthesizing', () => {
  test('runs the app of cdk.json with its context, on the Node that runs now and without validation', async () => {
    const project = aProject();
    writeJson(project, 'cdk.context.json', { zones: 'a' });
    const directory = await synthesize({ projectDirectory: project });
    expect(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))).toEqual({
      context: {
        color: 'green',
        zones: 'a',
        'aws:cdk:enable-path-metadata': true,
        'aws:cdk:enable-asset-metadata': true,
      },
      CDK_VALIDATION: 'false',
      node: process.version,
    });
  });

  test('runs the app once for the same sources', async () => {
    const project = aProject();
    const first = await synthesize({ projectDirectory: project });
    expect(await synthesize({ projectDirectory: project })).toBe(first);
    expect(runs(project)).toBe(1);
  });

  test.each(['app.mjs', 'cdk.json', 'handlers/billing.ts', 'handlers/local/rule.ts'])(
    'runs it again when %s changes, and knows the old sources when they are back',
    async (file) => {
      const project = aProject();
      mkdirSync(dirname(join(project, file)), { recursive: true });
      if (!existsSync(join(project, file))) writeFileSync(join(project, file), '// a handler');
      const before = readFileSync(join(project, file), 'utf8');
      const first = await synthesize({ projectDirectory: project });
      writeFileSync(join(project, file), `${before} `);
      expect(await synthesize({ projectDirectory: project })).not.toBe(first);
      writeFileSync(join(project, file), before);
      expect(await synthesize({ projectDirectory: project })).toBe(first);
      expect(runs(project)).toBe(2);
    },
  );

  test.each([
    'README.md',
    'test/billing.test.ts',
    'node_modules/zod/index.js',
    'handlers/node_modules/zod/index.js',
    'cdk.out/manifest.json',
    '.git/hooks.js',
  ])('does not run it again when %s changes', async (file) => {
    const project = aProject();
    const first = await synthesize({ projectDirectory: project });
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), 'changed');
    expect(await synthesize({ projectDirectory: project })).toBe(first);
  });

  test('does not run it again when a run has written its report into the project', async () => {
    const project = aProject();
    const first = await synthesize({ projectDirectory: project });
    for (const durationMs of [1, 2]) {
      const report = { seed: 1, source: 'embedded', durationMs, lost: 0 } as RunReport;
      await writeReport(join(project, 'report.json'), report);
      expect(await synthesize({ projectDirectory: project })).toBe(first);
    }
    writeFileSync(join(project, 'settings.json'), '{ "seed": 1, "source": "embedded" }');
    expect(await synthesize({ projectDirectory: project })).not.toBe(first);
  });

  test('is safe in two processes at once', async () => {
    const project = aProject();
    const [one, other] = await Promise.all([1, 2].map(() => synthesize({ projectDirectory: project })));
    expect(other).toBe(one);
    expect(cached(project)).toEqual([basename(one ?? '')]);
  });

  test('keeps ten assemblies, the ones used last', async () => {
    const project = aProject();
    const directories: string[] = [];
    for (let version = 0; version < 11; version += 1) {
      writeFileSync(join(project, 'version.json'), String(version));
      const directory = await synthesize({ projectDirectory: project });
      utimesSync(directory, version, version);
      directories.push(directory);
    }
    const [oldest, ...others] = directories.map((directory) => basename(directory));
    expect(cached(project)).not.toContain(oldest);
    expect(cached(project).sort()).toEqual(others.sort());
  });

  test('removes what a killed run left half written, and leaves alone what may still be written', async () => {
    const project = aProject();
    const root = join(project, '.lanewise', 'assembly');
    for (const name of ['a.1-1', 'b.2-2']) mkdirSync(join(root, name), { recursive: true });
    utimesSync(join(root, 'a.1-1'), 1, 1);
    await synthesize({ projectDirectory: project });
    expect(cached(project)).toContain('b.2-2');
    expect(cached(project)).not.toContain('a.1-1');
  });

  test('takes the assembly that cdk.json names instead of an app', async () => {
    const project = aFolder();
    mkdirSync(join(project, 'ready'));
    writeJson(join(project, 'ready'), 'manifest.json', {});
    writeJson(project, 'cdk.json', { app: 'ready' });
    expect(await synthesize({ projectDirectory: project })).toBe(join(project, 'ready'));
  });
});

describe('a project that cannot be synthesized', () => {
  test('is told with the end of what the app said, and leaves nothing behind', async () => {
    const project = aProject(`console.error('first'); throw new Error('the topic has no partitions')`);
    const failure = synthesize({ projectDirectory: project });
    await expect(failure).rejects.toThrow(/^the app command of cdk\.json \(node app\.mjs\) ended with 1:/);
    await expect(failure).rejects.toThrow('the topic has no partitions');
    expect(cached(project)).toEqual([]);
  });

  test('is told what was thrown, however deep the stack was', async () => {
    const deep = 'const dive = (left) => { if (left) return dive(left - 1); throw new Error("no zones"); };';
    const project = aProject(`Error.stackTraceLimit = 50; ${deep} dive(40);`);
    await expect(synthesize({ projectDirectory: project })).rejects.toThrow('Error: no zones');
  });

  test('is told when the app says more than anyone reads', async () => {
    const project = aProject(
      `console.error('x\\n'.repeat(1e5)); console.error('the end'); process.exitCode = 3`,
    );
    await expect(synthesize({ projectDirectory: project })).rejects.toThrow(
      /ended with 3:\n(x\n){11}the end$/,
    );
  });

  test('is told when the app writes no assembly', async () => {
    const project = aProject('');
    await expect(synthesize({ projectDirectory: project })).rejects.toThrow(
      'the app command of cdk.json (node app.mjs) wrote no cloud assembly to CDK_OUTDIR',
    );
  });

  test('is told when it has no cdk.json, or one without app', async () => {
    const project = aFolder();
    await expect(synthesize({ projectDirectory: project })).rejects.toThrow(
      `there is no cdk.json in ${project}: run lanewise in a CDK project, or give it --assembly DIR`,
    );
    writeJson(project, 'cdk.json', {});
    await expect(synthesize({ projectDirectory: project })).rejects.toThrow(/names no app/);
    writeFileSync(join(project, 'cdk.json'), '{');
    await expect(synthesize({ projectDirectory: project })).rejects.toThrow(/cannot read .*cdk\.json/);
  });
});
