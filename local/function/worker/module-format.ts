import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';

/**
 * What a `.js` file is on Lambda, where no package.json lies above the code; `undefined` when the code has one of its own.
 * Node would ask the package.json of the project that the bundle happens to lie in.
 */
export function formatOnLambda(file: string, codeDirectory: string): 'commonjs' | 'module' | undefined {
  if (hasPackageFile(dirname(file), codeDirectory)) return undefined;
  return isCommonJs(readFileSync(file, 'utf8')) ? 'commonjs' : 'module';
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
