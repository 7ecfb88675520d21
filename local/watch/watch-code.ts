import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAssembly } from '../assembly/load-assembly.ts';
import type { FunctionConfig, LocalSystem } from '../assembly/local-system.ts';
import { synthesize } from '../assembly/synthesize.ts';
import { configFileName } from '../config/load-config.ts';
import { keptOldCode } from '../run/change-run.ts';
import type { LocalRun } from '../run/local-run.ts';
import type { SelectedMapping } from '../run/select-mappings.ts';
import { type Bundler, createBundler } from './create-bundler.ts';
import { findEntry } from './find-entry.ts';
import { watchSources } from './watch-sources.ts';

export interface CodeWatch {
  readonly projectDirectory: string;
  readonly system: LocalSystem;
  readonly mappings: readonly SelectedMapping[];
  /** The mappings of this run, of a newer template. */
  readonly select: (system: LocalSystem) => readonly SelectedMapping[];
  readonly run: LocalRun;
  readonly note: (line: string) => void;
}

/** A function that can be bundled without a synthesis. */
interface WatchedFunction {
  readonly name: string;
  readonly logicalId: string;
  readonly bundler: Bundler;
}

interface Watching extends CodeWatch {
  mappings: readonly SelectedMapping[];
  /** Where bundles are written. */
  readonly outputDirectory: string;
  bundled: readonly WatchedFunction[];
  syntheses: number;
  /** Changes that wait for those before. */
  readonly waiting: Set<string>;
  working: Promise<void> | undefined;
}

/**
 * Takes changes of the sources into a run: a file of a bundle by bundling it again, any other by a new synthesis. Resolves
 * when it watches, with what ends that.
 */
export async function watchCode(watch: CodeWatch): Promise<() => Promise<void>> {
  const watching: Watching = {
    ...watch,
    outputDirectory: join(watch.projectDirectory, '.lanewise', 'dev', String(process.pid)),
    bundled: [],
    syntheses: 0,
    waiting: new Set(),
    working: undefined,
  };
  const end = watchSources(watch.projectDirectory, (files) => {
    for (const file of files) watching.waiting.add(file);
    watching.working ??= work(watching).finally(() => {
      watching.working = undefined;
    });
  });
  watching.bundled = await bundlersOf(watching, watch.system);
  watch.note(`watching ${watch.projectDirectory}: a change of the code takes effect at once`);
  return async () => {
    end();
    await watching.working;
    await stopBundlers(watching.bundled);
    // Not before: until then it holds the code that runs.
    await rm(watching.outputDirectory, { recursive: true, force: true });
  };
}

async function work(watching: Watching): Promise<void> {
  while (watching.waiting.size > 0) {
    const files = [...watching.waiting];
    watching.waiting.clear();
    try {
      await takeIn(watching, files);
    } catch (error) {
      watching.note(`what runs stays as it is: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function takeIn(watching: Watching, files: readonly string[]): Promise<void> {
  if (files.includes(configFileName)) {
    watching.note(`${configFileName} has changed: start again to use it`);
  }
  const startedAt = performance.now();
  const concerned = watching.bundled.filter(({ bundler }) => files.some(bundler.concerns));
  await Promise.all(concerned.map((one) => rebuild(watching, one, startedAt)));
  const others = files.filter(
    (file) => file !== configFileName && !concerned.some(({ bundler }) => bundler.concerns(file)),
  );
  if (others.length > 0) await synthesizeAgain(watching, startedAt);
}

async function rebuild(
  { run, note }: Watching,
  { name, logicalId, bundler }: WatchedFunction,
  startedAt: number,
): Promise<void> {
  const rebuilt = await bundler.rebuild();
  if (rebuilt.kind === 'unchanged') {
    if (rebuilt.isMended) note(`${name}: is mended, and as before`);
    return;
  }
  const problem =
    rebuilt.kind === 'broken' ? rebuilt.problem : await run.replaceCode(logicalId, rebuilt.codeDirectory);
  note(problem === undefined ? `${name}: runs its new code${after(startedAt)}` : keptOldCode(name, problem));
}

const after = (startedAt: number) => ` (${Math.round(performance.now() - startedAt)} ms)`;

/** About two seconds, in which the run goes on. */
async function synthesizeAgain(watching: Watching, startedAt: number): Promise<void> {
  const { projectDirectory, run, note, select } = watching;
  const system = loadAssembly({ directory: await synthesize({ projectDirectory }) });
  watching.mappings = select(system);
  const lines = await run.change(system, watching.mappings);
  for (const line of lines) note(`${line}${after(startedAt)}`);
  const old = watching.bundled;
  watching.bundled = await bundlersOf(watching, system);
  await stopBundlers(old);
}

async function bundlersOf(watching: Watching, system: LocalSystem): Promise<readonly WatchedFunction[]> {
  const used = new Set(watching.mappings.map(({ functionLogicalId }) => functionLogicalId));
  const functions = system.functions.filter(({ logicalId }) => used.has(logicalId));
  const found = await Promise.all(functions.map((config) => bundlerOf(watching, config)));
  watching.syntheses += 1;
  return found.flat();
}

async function bundlerOf(
  { projectDirectory, outputDirectory, syntheses, note }: Watching,
  { name, logicalId, codeDirectory }: FunctionConfig,
): Promise<readonly WatchedFunction[]> {
  const found = findEntry(codeDirectory);
  const bundler =
    found &&
    (await createBundler(found, {
      projectDirectory,
      codeDirectory,
      outputDirectory: join(outputDirectory, `${name}-${syntheses}`),
    }));
  if (bundler) return [{ name, logicalId, bundler }];
  note(`${name}: is not bundled as lanewise's constructs do it; a change takes a new synthesis`);
  return [];
}

async function stopBundlers(bundled: readonly WatchedFunction[]): Promise<void> {
  await Promise.all(bundled.map(({ bundler }) => bundler.stop()));
}
