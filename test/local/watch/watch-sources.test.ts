import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchSources } from '../../../local/watch/watch-sources.ts';

let project: string;
let changed: string[];
let end: () => void;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'lanewise-watch-'));
  for (const folder of ['handlers', 'handlers/billing', 'node_modules', 'test', '.git'])
    await mkdir(join(project, folder));
  await write('handlers/billing/index.ts', 'one');
  changed = [];
  end = watchSources(project, (files) => changed.push(...files));
});
afterEach(async () => {
  end();
  await rm(project, { recursive: true });
});

/** At once: a file that is written in steps may be told after each of them. */
async function write(file: string, text: string): Promise<void> {
  await writeFile(join(project, 'whole'), text);
  await rename(join(project, 'whole'), join(project, file));
}
const seen = (...files: readonly string[]) => expect.poll(() => changed).toEqual(files);

test('a changed file is told', async () => {
  await write('handlers/billing/index.ts', 'two, longer');
  await seen('handlers/billing/index.ts');
});

test('a file that an editor puts in place of another is told, also the second time', async () => {
  for (const text of ['first', 'the second']) {
    changed.length = 0;
    await writeFile(join(project, 'handlers/billing/.index.swp'), text);
    await rename(join(project, 'handlers/billing/.index.swp'), join(project, 'handlers/billing/index.ts'));
    await seen('handlers/billing/index.ts');
  }
});

test('files that come, also in a new folder, and files that go are told', async () => {
  await write('handlers/prices.ts', '1');
  await seen('handlers/prices.ts');
  await mkdir(join(project, 'lib'));
  await write('lib/money.ts', '1');
  await seen('handlers/prices.ts', 'lib/money.ts');
  await write('lib/money.ts', '22');
  await seen('handlers/prices.ts', 'lib/money.ts', 'lib/money.ts');
  changed.length = 0;
  await rm(join(project, 'handlers/prices.ts'));
  await seen('handlers/prices.ts');
});

test('a file is told that comes into a folder long after the folder', async () => {
  await mkdir(join(project, 'lib', 'prices'), { recursive: true });
  await write('handlers/first.ts', '1');
  await seen('handlers/first.ts');
  await write('lib/prices/money.ts', '1');
  await seen('handlers/first.ts', 'lib/prices/money.ts');
});

test('what nothing is deployed from is not told', async () => {
  await write('node_modules/index.ts', '1');
  await write('test/index.test.ts', '1');
  await write('.git/index.ts', '1');
  await write('handlers/README.md', '1');
  await write('handlers/last.ts', '1');
  await seen('handlers/last.ts');
});
