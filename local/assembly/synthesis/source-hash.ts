import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { LocalError } from '../../local-error.ts';
import { isReport } from '../../report/report-file.ts';

/** Source of an app, its bundled handlers and their settings; a document or a picture changes no assembly. */
const sourceExtensions = new Set([
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '.json',
  '.avsc',
  '.proto',
]);

/** Folders that no assembly is made from, wherever they are. Names that begin with a dot are left out too. */
const foreignFolders = new Set(['node_modules', 'cdk.out', 'coverage']);

/** Folders of a project itself that take no part in what is deployed. */
const undeployedFolders = new Set(['test', 'docs', 'bench', 'local']);

/** Bounds a project whose folder is by mistake a home directory. */
const maximumFiles = 20_000;

/** A hash over names and contents of all source files, and over what else decides about a synthesis. */
export function hashSources(projectDirectory: string, others: readonly string[]): string {
  const hash = createHash('sha256');
  for (const other of others) hash.update(`${other}\n`);
  for (const file of sourceFiles(projectDirectory)) {
    const content = readFileSync(join(projectDirectory, file));
    if (file.endsWith('.json') && isReport(content)) continue;
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Paths below the project, sorted, so that the hash is the same on every file system. */
export function sourceFiles(projectDirectory: string): readonly string[] {
  return sourceTree(projectDirectory).files.toSorted();
}

export interface SourceTree {
  /** Paths below the project; its own folder is `''`. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What may hold sources, and what does. */
export function sourceTree(projectDirectory: string): SourceTree {
  const files: string[] = [];
  const folders = [''];
  // It grows while it is walked.
  for (const folder of folders) {
    for (const entry of readdirSync(join(projectDirectory, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && isDeployed(folder, entry)) folders.push(path);
      else if (entry.isFile() && sourceExtensions.has(extname(entry.name))) files.push(path);
    }
    if (files.length > maximumFiles) {
      throw new LocalError(
        `${projectDirectory} holds more than ${maximumFiles} source files: is it a CDK project?`,
      );
    }
  }
  return { folders, files };
}

function isDeployed(parent: string, { name }: Dirent): boolean {
  if (name.startsWith('.') || foreignFolders.has(name)) return false;
  return parent !== '' || !undeployedFolders.has(name);
}
