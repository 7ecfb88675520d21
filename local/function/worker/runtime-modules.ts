import {
  createRequire,
  isBuiltin,
  type ResolveFnOutput,
  type ResolveHookContext,
  registerHooks,
} from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { formatOnLambda } from './module-format.ts';

/** What Lambda's Node.js runtime brings along, beside Node itself. */
const runtimePackages = /^(@aws-sdk|@smithy)\/|^aws-crt(\/|$)/;

export interface RuntimeModules {
  /** Real path of the function's code. */
  readonly codeDirectory: string;
  readonly projectDirectory: string;
}

/**
 * Makes modules resolve as they do on Lambda, wherever the code lies: `@aws-sdk/*` comes from the project (there: from
 * the runtime), any other package must be inside the code. A package that the bundle forgot is found in a project's
 * node_modules by Node's own lookup, but it would be missing after a deploy.
 */
export function registerRuntimeModules({ codeDirectory, projectDirectory }: RuntimeModules): void {
  const codeUrl = `${pathToFileURL(codeDirectory).href}/`;
  const project = join(projectDirectory, 'package.json');
  const isCode = (url: string | undefined) => url?.startsWith(codeUrl) ?? false;
  registerHooks({
    resolve: (specifier, context, next) => {
      const fromCode = isCode(context.parentURL) && isPackage(specifier);
      if (fromCode && runtimePackages.test(specifier))
        return resolveFrom(project, specifier, { context, next });
      const found = next(specifier, context);
      if (fromCode && !isCode(found.url)) throw packageMissing(specifier, context);
      return found;
    },
    load: (url, context, next) => {
      if (!isCode(url) || !url.endsWith('.js')) return next(url, context);
      const format = formatOnLambda(fileURLToPath(url), codeDirectory) ?? context.format;
      return { ...next(url, { ...context, format }), format };
    },
  });
}

interface Resolving {
  readonly context: ResolveHookContext;
  readonly next: (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;
}

/** `require` looks from the module that asks, whatever parent a hook names, and is asked itself therefore. */
function resolveFrom(file: string, specifier: string, { context, next }: Resolving): ResolveFnOutput {
  const parentURL = pathToFileURL(file).href;
  if (!context.conditions.includes('require')) return next(specifier, { ...context, parentURL });
  const path = createRequire(file).resolve(specifier);
  return { url: pathToFileURL(path).href, shortCircuit: true };
}

function isPackage(specifier: string): boolean {
  return !/^(\.{0,2}\/|[a-z]+:)/.test(specifier) && !isBuiltin(specifier);
}

function packageMissing(specifier: string, context: ResolveHookContext): Error {
  return Object.assign(
    new Error(
      `Cannot find package '${specifier}' imported from ${context.parentURL}: it is not in the bundle`,
    ),
    { code: 'ERR_MODULE_NOT_FOUND' },
  );
}
