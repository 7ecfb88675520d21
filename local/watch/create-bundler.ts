import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildContext, type BuildFailure, type BuildOptions, type BuildResult, context } from 'esbuild';
import type { FoundBundle } from './find-entry.ts';

/** What a rebuild came to. */
export type Rebuilt =
  | { readonly kind: 'built'; readonly codeDirectory: string }
  /** The code is the one before; `isMended` when it could not be bundled meanwhile. */
  | { readonly kind: 'unchanged'; readonly isMended: boolean }
  /** `problem` is what esbuild says, with file and line. */
  | { readonly kind: 'broken'; readonly problem: string };

export interface Bundler {
  /** Whether a source file, as path below the project, is in the bundle, or may mend it. */
  concerns(file: string): boolean;
  rebuild(): Promise<Rebuilt>;
  stop(): Promise<void>;
}

export interface BundlerPlace {
  readonly projectDirectory: string;
  /** Where bundles are written, a folder each. */
  readonly outputDirectory: string;
  /** The bundle that CDK made. */
  readonly codeDirectory: string;
}

/** Folders kept: the code that runs, and the one before, on which batches may still end. */
const kept = 2;

/**
 * Bundles a function again and again, in some milliseconds. Its options are those that our constructs give to CDK; that they
 * are the right ones is proven by making CDK's bundle again, byte for byte. `undefined` when that fails: the function is
 * bundled in a way of its own, or its sources have changed meanwhile.
 */
export async function createBundler(found: FoundBundle, place: BundlerPlace): Promise<Bundler | undefined> {
  const building = await context({ ...optionsFor(found, place), write: false, metafile: true });
  const first = await building.rebuild().catch(() => undefined);
  const code = first && codeOf(first, found);
  if (!first || !code?.equals(readFileSync(join(place.codeDirectory, found.file)))) {
    await building.dispose();
    return undefined;
  }
  return bundlerOf({ building, found, place, code, inputs: inputsOf(first), number: 0, isBroken: false });
}

function optionsFor({ entry, file }: FoundBundle, place: BundlerPlace): BuildOptions {
  const isModule = file === 'index.mjs';
  return {
    entryPoints: [entry],
    // Only its depth counts, for the paths in the source map.
    outfile: join(place.outputDirectory, '0', file),
    absWorkingDir: place.projectDirectory,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: isModule ? 'esm' : 'cjs',
    ...(isModule && { mainFields: ['module', 'main'] }),
    external: ['@aws-sdk/*'],
    minify: true,
    keepNames: true,
    sourcemap: true,
    logLevel: 'silent',
  };
}

interface Bundling {
  readonly building: BuildContext;
  readonly found: FoundBundle;
  readonly place: BundlerPlace;
  code: Buffer;
  inputs: ReadonlySet<string>;
  number: number;
  isBroken: boolean;
}

function bundlerOf(bundling: Bundling): Bundler {
  return {
    concerns: (file) => bundling.isBroken || bundling.inputs.has(file),
    rebuild: () => rebuild(bundling),
    stop: () => bundling.building.dispose(),
  };
}

async function rebuild(bundling: Bundling): Promise<Rebuilt> {
  try {
    const result = await bundling.building.rebuild();
    const isMended = bundling.isBroken;
    bundling.isBroken = false;
    bundling.inputs = inputsOf(result);
    const code = codeOf(result, bundling.found);
    if (code.equals(bundling.code)) return { kind: 'unchanged', isMended };
    bundling.code = code;
    return { kind: 'built', codeDirectory: write(bundling, result) };
  } catch (error) {
    bundling.isBroken = true;
    return { kind: 'broken', problem: problemOf(error) };
  }
}

/** A folder of its own each time: an environment of the old code may still load from the old one. */
function write(bundling: Bundling, { outputFiles = [] }: BuildResult): string {
  bundling.number += 1;
  const { outputDirectory } = bundling.place;
  const directory = join(outputDirectory, String(bundling.number));
  mkdirSync(directory, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(join(directory, basename(path)), contents);
  rmSync(join(outputDirectory, String(bundling.number - kept)), { recursive: true, force: true });
  return directory;
}

function codeOf({ outputFiles = [] }: BuildResult, { file }: FoundBundle): Buffer {
  return Buffer.from(outputFiles.find(({ path }) => basename(path) === file)?.contents ?? []);
}

function inputsOf({ metafile }: BuildResult): ReadonlySet<string> {
  return new Set(Object.keys(metafile?.inputs ?? {}));
}

function problemOf(error: unknown): string {
  const [first, ...others] = isBuildFailure(error) ? error.errors : [];
  if (!first) return error instanceof Error ? error.message : String(error);
  const { location, text } = first;
  const place = location ? `${location.file}:${location.line}:${location.column + 1}: ` : '';
  return `${place}${text}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
