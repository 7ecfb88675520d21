import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LambdaError } from '../protocol.ts';
import { describeError, runtimeError } from './describe-error.ts';
import { formatOnLambda } from './module-format.ts';

export type Handler = (event: unknown, context: object) => unknown;

export type LoadedHandler =
  | { readonly kind: 'loaded'; readonly handler: Handler }
  | { readonly kind: 'failed'; readonly error: LambdaError };

/** Imports the module that `index.handler` names and finds its export, with the runtime's own error types. */
export async function loadHandler(codeDirectory: string, name: string): Promise<LoadedHandler> {
  const parts = /^([^.]+)\.(.+)$/.exec(basename(name));
  if (parts === null || name.includes('..')) {
    return failed('Runtime.MalformedHandlerName', `Bad handler "${name}": "file.export" is expected`);
  }
  const [, module = '', exportName = ''] = parts;
  const file = moduleFile(join(codeDirectory, dirname(name), module));
  if (file === undefined) {
    return failed('Runtime.ImportModuleError', `Error: Cannot find module '${module}' in ${codeDirectory}`);
  }
  try {
    return checked(findExport(await importModule(file, codeDirectory), exportName), name);
  } catch (error) {
    return { kind: 'failed', error: importError(error) };
  }
}

/** CommonJS is required, as the runtime does it: an import of it asks the project's package.json once more. */
async function importModule(file: string, codeDirectory: string): Promise<object> {
  const isCommonJs = file.endsWith('.js') && formatOnLambda(file, codeDirectory) === 'commonjs';
  return isCommonJs ? createRequire(file)(file) : await import(pathToFileURL(file).href);
}

function moduleFile(path: string): string | undefined {
  return ['.js', '.mjs', '.cjs'].map((extension) => path + extension).find((file) => existsSync(file));
}

function findExport(module: object, name: string): unknown {
  const found = name.split('.').reduce<unknown>(property, module);
  return found ?? name.split('.').reduce<unknown>(property, property(module, 'default'));
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function checked(found: unknown, name: string): LoadedHandler {
  if (!found) return failed('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof found !== 'function') return failed('Runtime.HandlerNotFound', `${name} is not a function`);
  if (found.length >= 3) {
    return failed(
      'Runtime.CallbackHandlerDeprecated',
      `${name} takes a callback, which Node 24 on Lambda does not support: return a value or a promise`,
    );
  }
  return { kind: 'loaded', handler: (event, context) => Reflect.apply(found, undefined, [event, context]) };
}

function failed(errorType: string, message: string): LoadedHandler {
  return { kind: 'failed', error: runtimeError(errorType, message) };
}

function importError(error: unknown): LambdaError {
  const described = describeError(error);
  const code = property(error, 'code');
  const named = { ...described, errorMessage: `${described.errorType}: ${described.errorMessage}` };
  if (error instanceof SyntaxError) return { ...named, errorType: 'Runtime.UserCodeSyntaxError' };
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return { ...named, errorType: 'Runtime.ImportModuleError' };
  }
  return described;
}
