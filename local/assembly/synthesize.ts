import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LocalError } from '../local-error.ts';
import { createAssemblyCache } from './synthesis/assembly-cache.ts';
import { runApp } from './synthesis/run-app.ts';
import { hashSources } from './synthesis/source-hash.ts';
import { type JsonObject, readJsonObject, section } from './template/json.ts';

/** What the CDK CLI adds to the context, so that templates tell the construct path and asset of a resource. */
const cliContext = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/** Variables of this process that a CDK app reads to choose what it declares. */
const decidingVariables = ['CDK_DEFAULT_ACCOUNT', 'CDK_DEFAULT_REGION', 'AWS_REGION', 'NODE_ENV', 'STAGE'];

/**
 * The directory of the app's cloud assembly: the one of an earlier run when no source has changed since (some
 * milliseconds), else a new one, made by running the `app` command of cdk.json without the CDK CLI (about 2 s).
 *
 * @throws LocalError when there is no cdk.json with an app, or the app fails.
 */
export async function synthesize(options: { readonly projectDirectory: string }): Promise<string> {
  const projectDirectory = resolve(options.projectDirectory);
  const settings = readSettings(projectDirectory);
  if (isAssembly(join(projectDirectory, settings.app))) return join(projectDirectory, settings.app);
  const cache = createAssemblyCache(projectDirectory);
  const deciding = decidingVariables.map((name) => `${name}=${process.env[name] ?? ''}`);
  const key = hashSources(projectDirectory, [process.version, ...deciding]);
  const cached = cache.find(key);
  if (cached !== undefined) return cached;
  const written = cache.begin(key);
  try {
    await runInto(written, projectDirectory, settings);
    return cache.finish(key, written);
  } catch (error) {
    cache.discard(written);
    throw error;
  }
}

interface Settings {
  readonly app: string;
  readonly context: JsonObject;
}

function readSettings(projectDirectory: string): Settings {
  const file = join(projectDirectory, 'cdk.json');
  if (!existsSync(file)) {
    throw new LocalError(
      `there is no cdk.json in ${projectDirectory}: run lanewise in a CDK project, or give it --assembly DIR`,
    );
  }
  const settings = readJsonObject(file);
  if (typeof settings.app !== 'string' || settings.app.trim() === '') {
    throw new LocalError(
      `${file} names no app: "app" is the command that synthesizes, such as "node cdk/app.ts"`,
    );
  }
  const contextFile = join(projectDirectory, 'cdk.context.json');
  const found = existsSync(contextFile) ? readJsonObject(contextFile) : {};
  return { app: settings.app, context: { ...found, ...section(settings, 'context'), ...cliContext } };
}

/** `app` may also be the directory of an assembly that exists already. */
function isAssembly(path: string): boolean {
  return (
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true &&
    existsSync(join(path, 'manifest.json'))
  );
}

async function runInto(
  directory: string,
  projectDirectory: string,
  { app, context }: Settings,
): Promise<void> {
  await runApp({
    command: app,
    projectDirectory,
    variables: {
      CDK_OUTDIR: directory,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      // Rules are for npm run synth; leaving them out saves half of the time.
      CDK_VALIDATION: 'false',
    },
  });
  if (!existsSync(join(directory, 'manifest.json'))) {
    throw new LocalError(`the app command of cdk.json (${app}) wrote no cloud assembly to CDK_OUTDIR`);
  }
}
