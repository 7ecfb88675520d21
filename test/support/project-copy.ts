import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './source-files.ts';

/** What a deployment is made of; the packages are shared. */
const deployed = ['cdk', 'handlers', 'lib', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

export interface ProjectCopy {
  readonly directory: string;
  /** Changes a file as an editor does it: replaces one piece of text, which must be there. */
  edit(file: string, piece: string, replacement: string): Promise<void>;
  write(file: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/** A copy of this project's sources, to be changed. */
export async function copyProject(): Promise<ProjectCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'lanewise-project-'));
  await Promise.all(
    deployed.map((name) => cp(join(projectRoot, name), join(directory, name), { recursive: true })),
  );
  await symlink(join(projectRoot, 'node_modules'), join(directory, 'node_modules'));
  return {
    directory,
    edit: async (file, piece, replacement) => {
      const path = join(directory, file);
      const text = await readFile(path, 'utf8');
      if (!text.includes(piece)) throw new Error(`${file} has no ${JSON.stringify(piece)} to replace`);
      await writeFile(
        path,
        text.replace(piece, () => replacement),
      );
    },
    write: (file, text) => writeFile(join(directory, file), text),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
