import { LocalError } from '../local-error.ts';
import { type Knobs, readKnobs } from '../mapping/knobs.ts';
import { type ConfigPlace, loadConfig } from './load-config.ts';

/** A knob of the command line. */
export interface KnobFlag {
  readonly name: string;
  readonly value: string;
}

/**
 * The knobs of a run: those of the configuration file, and over them those of the command line.
 *
 * @throws LocalError for a broken file, a knob that does not exist (names the nearest) or a value that it does not take.
 */
export async function chooseKnobs(place: ConfigPlace, flags: readonly KnobFlag[]): Promise<Knobs> {
  const { file, knobs } = await loadConfig(place);
  if (file !== undefined) checkFile(knobs, file);
  return readKnobs({ ...knobs, ...Object.fromEntries(flags.map(({ name, value }) => [name, value])) });
}

/** By itself first, so that the message tells which of the two is wrong. */
function checkFile(knobs: Readonly<Record<string, unknown>>, file: string): void {
  try {
    readKnobs(knobs);
  } catch (error) {
    throw error instanceof LocalError ? new LocalError(`${file}: ${error.message}`) : error;
  }
}
