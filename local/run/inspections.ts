import type { Inspection } from '../function/function-options.ts';
import { LocalError } from '../local-error.ts';
import type { StartOptions } from '../options.ts';
import type { SelectedMapping } from './select-mappings.ts';

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
      functionOf(name, mappings),
      inspectionOf(name, { waits: inspectWait.includes(name), note }),
    ]),
  );
}

function functionOf(name: string, mappings: readonly SelectedMapping[]): string {
  const mapping = mappings.find(({ config }) => config.consumer === name);
  if (mapping) return mapping.functionLogicalId;
  const known = mappings.map(({ config }) => config.consumer).join(', ');
  throw new LocalError(`there is no consumer '${name}' to inspect in this run; it has: ${known}`);
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
