import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Above it the cache begins anew: nothing in it tells what is still used, and each change of a handler adds to it. */
const maximumBytes = 64 * 1024 * 1024;

/**
 * The folder in which Node keeps what it compiled of the functions' code and of the AWS SDK, from one execution environment to
 * the next and from run to run. What it finds there is checked against the source.
 *
 * @see https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache
 */
export function compileCacheOf(projectDirectory: string): string {
  const directory = join(projectDirectory, '.lanewise', 'compile-cache');
  if (bytesIn(directory) > maximumBytes) rmSync(directory, { recursive: true, force: true });
  return directory;
}

function bytesIn(directory: string): number {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  } catch {
    // There is none yet, or another run is clearing it.
    return 0;
  }
}
