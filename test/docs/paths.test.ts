import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/source-files.ts';

/** Files that a text tells the reader to write. */
const written = new Set(['handlers/loyalty/index.ts']);

const folders = ['lib', 'cdk', 'handlers', 'local', 'test', 'docs', 'bench', 'ops'];

/** Whatever a text names in backticks or links that looks like a path of this project. */
function namedPaths(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([\w./-]+)`/g), ...text.matchAll(/\]\(([\w./-]+)(?:#[\w-]*)?\)/g)];
  return quoted
    .map((match) => match[1] ?? '')
    .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)) || /^[A-Z]+\.md$/.test(path));
}

test.each(['README.md', 'DESIGN.md', 'CONTRIBUTING.md'])(
  '%s names only files and folders that are there',
  (name) => {
    const paths = namedPaths(readFileSync(join(projectRoot, name), 'utf8'));
    expect(paths.length).toBeGreaterThan(3);
    const missing = paths.filter((path) => !written.has(path) && !existsSync(join(projectRoot, path)));
    expect(missing).toEqual([]);
  },
);
