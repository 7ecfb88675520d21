import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Modules = typeof import('../../local/mapping/apply-input.ts') &
  typeof import('../../local/mapping/lifecycle/apply-lifecycle.ts') &
  typeof import('../../local/mapping/create-mapping.ts') &
  typeof import('../../local/mapping/knobs.ts') &
  typeof import('../../local/mapping/observe/status.ts');

/** What the simulation uses of the event source mapping: the functions of its deterministic core. */
export type Engine = Pick<
  Modules,
  'applyInput' | 'createMapping' | 'isDrained' | 'isQuiet' | 'readKnobs' | 'statusOf'
>;

const FILES = [
  'apply-input',
  'lifecycle/apply-lifecycle',
  'create-mapping',
  'knobs',
  'observe/status',
] as const;

/** The project's folder, of which an engine with a fault put in is a copy. */
export const PROJECT = join(import.meta.dirname, '..', '..');

export async function loadEngine(root: string = PROJECT): Promise<Engine> {
  const modules = await Promise.all(
    FILES.map((name) => import(pathToFileURL(join(root, 'local', 'mapping', `${name}.ts`)).href)),
  );
  // The files are those of the type, here or in a copy.
  return Object.assign({}, ...modules) as Engine;
}
