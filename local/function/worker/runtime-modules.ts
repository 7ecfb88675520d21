import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin, type LoadHookContext, type ResolveHookContext, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';

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
  const projectUrl = pathToFileURL(join(projectDirectory, 'package.json')).href;
  const isCode = (url: string | undefined) => url?.startsWith(codeUrl) ?? false;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (!isCode(context.parentURL) || !isPackage(specifier)) return next(specifier, context);
      if (runtimePackages.test(specifier)) return next(specifier, { ...context, parentURL: projectUrl });
      const found = next(specifier, context);
      if (isCode(found.url)) return found;
      throw packageMissing(specifier, context);
    },
    load: (url, context, next) => {
      if (!isCode(url) || !url.endsWith('.js')) return next(url, context);
      return next(url, withFormatOfLambda(url, context, codeDirectory));
    },
  });
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

/** On Lambda no package.json lies above the code, so that one of the project must not say what a `.js` file is. */
function withFormatOfLambda(url: string, context: LoadHookContext, codeDirectory: string): LoadHookContext {
  const file = fileURLToPath(url);
  if (hasPackageFile(dirname(file), codeDirectory)) return context;
  return { ...context, format: isCommonJs(readFileSync(file, 'utf8')) ? 'commonjs' : 'module' };
}

function hasPackageFile(directory: string, top: string): boolean {
  if (existsSync(join(directory, 'package.json'))) return true;
  return directory !== top && directory.startsWith(top) && hasPackageFile(dirname(directory), top);
}

function isCommonJs(source: string): boolean {
  try {
    compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname']);
    return true;
  } catch {
    return false;
  }
}
