import { loadAssembly } from '../assembly/load-assembly.ts';
import type { LocalSystem } from '../assembly/local-system.ts';
import { synthesize } from '../assembly/synthesize.ts';

/** The templates to run: those of a given cloud assembly, or of the project's own app, synthesized when it has changed. */
export async function readSystem(
  projectDirectory: string,
  assembly: string | undefined,
): Promise<LocalSystem> {
  return loadAssembly({ directory: assembly ?? (await synthesize({ projectDirectory })) });
}
