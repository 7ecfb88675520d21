import type { Inspection } from '../function/function-options.ts';
import type { StartOptions } from '../options.ts';
import { mappingOf, type SelectedMapping } from './select-mappings.ts';

/** How a debugger gets at functions, by their logical ids. */
export type Inspections = ReadonlyMap<string, Inspection>;

/**
 * The functions of the consumers that `--inspect` and `--inspect-wait` name.
 *
 * @throws LocalError when this run has no such consumer.
 */
export function inspectionsOf(
  { inspect, inspectWait }: Pick<StartOptions, 'inspect' | 'inspectWait'>,
  mappings: readonly SelectedMapping[],
  note: (line: string) => void,
): Inspections {
  return new Map(
    [...inspect, ...inspectWait].map((name) => [
      mappingOf(name, mappings, 'to inspect in this run').functionLogicalId,
      inspectionOf(name, { waits: inspectWait.includes(name), note }),
    ]),
  );
}

/** One consumer's function, with lines for the person at the debugger. */
export function inspectionOf(
  name: string,
  { waits, note }: { readonly waits: boolean; readonly note: (line: string) => void },
): Inspection {
  return {
    waits,
    place: { port: 0 },
    onListening: (url, isWaiting) => {
      const { host } = new URL(url);
      note(`${name}: inspect it at ${url} (chrome://inspect, with ${host} under "Configure")`);
      if (isWaiting) note(`${name}: waits for the debugger`);
    },
    onHeld: (isHeld) => note(`${name}: ${isHeld ? 'held by the debugger, its timeout waits' : 'goes on'}`),
  };
}
