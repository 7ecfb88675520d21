import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { parse } from 'acorn';
import { ancestor } from 'acorn-walk';

export const projectRoot = join(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** Relative to the project: `lib/lanes/run-lane.ts`. */
  readonly path: string;
  readonly lines: number;
  /** Files of ours that it imports, relative to the project. */
  readonly imports: readonly string[];
  /** Packages and `node:` modules that it imports. */
  readonly packages: readonly string[];
  readonly functions: readonly { readonly name: string; readonly line: number; readonly lines: number }[];
}

/** Reads and parses the TypeScript files of some folders; positions are those of the file. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: projectRoot }))
    .sort()
    .map(readSourceFile);
}

function readSourceFile(path: string): SourceFile {
  const text = readFileSync(join(projectRoot, path), 'utf8');
  const program = parse(stripTypeScriptTypes(text), {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
  });
  const specifiers = importSpecifiers(text);
  return {
    path,
    lines: text.split('\n').length - 1,
    imports: specifiers.filter((name) => name.startsWith('.')).map((name) => resolveImport(path, name)),
    packages: specifiers.filter((name) => !name.startsWith('.')),
    functions: functionsOf(program),
  };
}

// Type-only imports are gone after stripping, so the text itself is searched: they count as well.
function importSpecifiers(text: string): readonly string[] {
  return [
    ...text.matchAll(
      /^(?:import|export)\b[^'"]*?\bfrom\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function resolveImport(from: string, specifier: string): string {
  return relative(projectRoot, normalize(join(projectRoot, dirname(from), specifier)));
}

interface Located {
  readonly type: string;
  readonly id?: { readonly name?: string } | null;
  readonly key?: { readonly name?: string };
  readonly loc?: {
    readonly start: { readonly line: number };
    readonly end: { readonly line: number };
  } | null;
}

function functionsOf(program: ReturnType<typeof parse>): SourceFile['functions'] {
  const found: { name: string; line: number; lines: number }[] = [];
  const visit = (node: Located, _state: unknown, ancestors: readonly Located[]) => {
    const line = node.loc?.start.line ?? 0;
    const owner = ancestors.at(-2);
    found.push({
      name: node.id?.name ?? owner?.id?.name ?? owner?.key?.name ?? '(anonymous)',
      line,
      lines: (node.loc?.end.line ?? 0) - line + 1,
    });
  };
  ancestor(program, {
    FunctionDeclaration: visit,
    FunctionExpression: visit,
    ArrowFunctionExpression: visit,
  } as never);
  return found;
}
