import type { StartOptions } from '../options.ts';
import { selectMappings } from '../run/select-mappings.ts';
import { watchCode } from '../watch/watch-code.ts';
import { runStart } from './start.ts';

/**
 * `npm run dev`: as `npm start`, and it stays; what changes in the sources takes effect.
 *
 * @throws LocalError for bad input; then nothing is left running.
 */
export function runDev(options: StartOptions): Promise<number> {
  return runStart(options, ({ run }, { projectDirectory, system, mappings, note }) =>
    watchCode({
      projectDirectory,
      system,
      mappings,
      run,
      note,
      select: (newer) => selectMappings(newer, options),
    }),
  );
}
