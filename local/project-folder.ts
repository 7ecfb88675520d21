import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from './local-error.ts';

/**
 * A folder below `.lanewise`, where a project's assemblies, logs and running processes are noted; made when it is not there.
 *
 * @throws LocalError when it cannot be made.
 */
export function projectFolder(projectDirectory: string, ...names: readonly string[]): string {
  const folder = join(projectDirectory, '.lanewise', ...names);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new LocalError(
      `cannot write to ${folder}: ${(error as Error).message}; lanewise keeps assemblies, logs and its address there`,
    );
  }
  return folder;
}
