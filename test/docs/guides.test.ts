import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type DocSnippet, docSnippets, runSnippets } from '../support/doc-snippets.ts';
import { projectRoot } from '../support/source-files.ts';

const isTest = ({ code }: DocSnippet) => code.includes("from 'vitest'");

describe('the snippets', () => {
  test.each([
    ['docs/parking.md', 3],
    ['docs/telemetry.md', 3],
    ['docs/testing.md', 4],
    ['docs/migrating.md', 9],
  ])('of %s compile and run', async (document, count) => {
    const snippets = (await docSnippets(document)).filter((snippet) => !isTest(snippet));
    expect(snippets.length).toBeGreaterThanOrEqual(count);
    await runSnippets(snippets);
  });

  test('of docs/testing.md that are tests themselves pass in Vitest', async () => {
    const tests = (await docSnippets('docs/testing.md')).filter(isTest);
    expect(tests.length).toBeGreaterThan(0);
    await mkdir(join(projectRoot, '.lanewise'), { recursive: true });
    const folder = await mkdtemp(join(projectRoot, '.lanewise', 'tests-'));
    try {
      await Promise.all(tests.map(({ code, line }) => writeFile(join(folder, `line-${line}.test.ts`), code)));
      // As a project that depends on lanewise, which here is the sources.
      const config = `export default { ssr: { resolve: { conditions: ['lanewise-source'] } } };`;
      await writeFile(join(folder, 'vitest.config.js'), config);
      const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs');
      const args = [vitest, 'run', '--root', folder, '--reporter=json', '--outputFile=report.json'];
      await promisify(execFile)(process.execPath, args);
      expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toMatchObject({
        success: true,
        numPassedTests: tests.length,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
