import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalError } from '../local-error.ts';
import { DEFAULT_BACK_OFF } from '../mapping/knobs.ts';
import { nearestName } from '../mapping/support/nearest-name.ts';

export const configFileName = 'lanewise.config.ts';

/** The keys of LocalConfig. */
const configKeys = ['knobs'];

/** What a configuration file says, each part checked as far as its names go. */
export interface LoadedConfig {
  /** The file, for messages; `undefined` when there is none. */
  readonly file: string | undefined;
  readonly knobs: Readonly<Record<string, unknown>>;
}

export interface ConfigPlace {
  readonly projectDirectory: string;
  /** `--config`; without it the project's own file is read when there is one. */
  readonly file?: string | undefined;
}

/**
 * Imports a configuration file as Node does it, types stripped.
 *
 * @throws LocalError when a file that was asked for is not there, cannot be imported, or says what nobody reads.
 */
export async function loadConfig({ projectDirectory, file }: ConfigPlace): Promise<LoadedConfig> {
  const path = file === undefined ? join(projectDirectory, configFileName) : resolve(file);
  if (!existsSync(path)) {
    if (file === undefined) return { file: undefined, knobs: {} };
    throw new LocalError(`there is no configuration file ${file}`);
  }
  const name = file ?? configFileName;
  const config = readObject(await importDefault(path, name), `the default export of ${name}`);
  requireKnown(config, configKeys, name);
  const knobs = readObject(config.knobs ?? {}, `"knobs" in ${name}`);
  const { backoff } = knobs;
  if (isObject(backoff)) requireKnown(backoff, Object.keys(DEFAULT_BACK_OFF), `"backoff" in ${name}`);
  return { file: name, knobs };
}

async function importDefault(path: string, name: string): Promise<unknown> {
  let module: object;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new LocalError(`cannot load ${name}: ${describe(error, path)}`);
  }
  if (!('default' in module)) {
    throw new LocalError(
      `${name} has no default export: export default { knobs: { … } } satisfies LocalConfig, in ${basename(path)}`,
    );
  }
  return module.default;
}

function describe(error: unknown, path: string): string {
  if (!(error instanceof Error)) return String(error);
  const [what = ''] = `${error.name}: ${error.message}`.split('\n');
  // Of a syntax error, as of one that the file throws, the stack names file and line.
  const line = error.stack?.split(`${path}:`)[1]?.match(/^\d+/)?.[0];
  return line === undefined ? what : `${what} (line ${line})`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw new LocalError(`${what} must be an object, got ${JSON.stringify(value) ?? String(value)}`);
}

function requireKnown(given: object, names: readonly string[], where: string): void {
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    throw new LocalError(
      `${where} has no key "${name}"; did you mean "${nearestName(name, names)}"? keys: ${names.join(', ')}`,
    );
  }
}
