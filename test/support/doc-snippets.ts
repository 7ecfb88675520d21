import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { projectRoot } from './source-files.ts';

const run = promisify(execFile);

export interface DocSnippet {
  /** Of the block's first line in the document. */
  readonly line: number;
  readonly code: string;
}

/** The TypeScript blocks of a document, each a module of its own. */
export async function docSnippets(document: string): Promise<readonly DocSnippet[]> {
  const text = await readFile(join(projectRoot, document), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length + 1,
    code: match[1] ?? '',
  }));
}

/**
 * Compiles the blocks with the project's settings and runs each in turn, as a module of a project that depends on lanewise. Rejects with what the
 * compiler or Node said; modules are named by the line of their block.
 */
export async function runSnippets(snippets: readonly DocSnippet[]): Promise<void> {
  const parent = join(projectRoot, '.lanewise');
  await mkdir(parent, { recursive: true });
  // Inside the project, so that `lanewise` is resolved to it.
  const folder = await mkdtemp(join(parent, 'snippets-'));
  try {
    const files = await writeModules(folder, snippets);
    const config = { extends: '../../tsconfig.json', include: ['*.ts'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    await run(process.execPath, [join(projectRoot, 'node_modules/typescript/bin/tsc'), '-p', folder]).catch(
      asOutput,
    );
    const imports = files.map((file) => `await import(${JSON.stringify(pathToFileURL(file))});`).join('\n');
    const flags = ['--conditions=lanewise-source', '--input-type=module'];
    await run(process.execPath, [...flags, '--eval', imports]).catch(asOutput);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeModules(folder: string, snippets: readonly DocSnippet[]): Promise<readonly string[]> {
  const files = snippets.map(({ line }) => join(folder, `line-${line}.ts`));
  await Promise.all(
    snippets.map(({ code }, index) => writeFile(files[index] ?? '', `${code}\nexport {};\n`)),
  );
  return files;
}

function asOutput(error: unknown): never {
  const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
  throw new Error(`${stdout}${stderr}` || String(error));
}
