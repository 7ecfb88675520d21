import { extname } from 'node:path';

/**
 * The file of a module beside another one of ours, to start a worker on: TypeScript in this repository, JavaScript in the package that is
 * built of it.
 */
export function ownModule(path: string, importer: string): URL {
  return new URL(`${path}${extname(new URL(importer).pathname)}`, importer);
}
