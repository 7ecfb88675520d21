import { isDeepStrictEqual } from 'node:util';
import type { FunctionConfig, LocalSystem } from '../assembly/local-system.ts';
import { addConsumer, type RunState } from './run-state.ts';
import {
  isSameBesideCode,
  isSameCode,
  type RunningFunction,
  startFunction,
  swapCode,
} from './running-functions.ts';
import type { SelectedMapping } from './select-mappings.ts';

/**
 * Brings a run to what newer templates declare: new code is swapped in, a consumer whose function or mapping is declared
 * otherwise ends its batches in flight and starts anew, the others run on.
 */
export async function changeRun(
  state: RunState,
  system: LocalSystem,
  mappings: readonly SelectedMapping[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  const wanted = new Set(mappings.map(({ config }) => config.consumer));
  for (const name of state.consumers.keys()) {
    if (wanted.has(name)) continue;
    await endConsumer(state, name);
    lines.push(`${name}: ended, as the template has it no more`);
  }
  for (const mapping of mappings) {
    const config = system.functions.find(({ logicalId }) => logicalId === mapping.functionLogicalId);
    const line = config && (await changeConsumer(state, mapping, config));
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

async function changeConsumer(
  state: RunState,
  mapping: SelectedMapping,
  config: FunctionConfig,
): Promise<string | undefined> {
  const name = mapping.config.consumer;
  const selected = state.consumers.get(name)?.selected;
  const running = state.functions.get(mapping.functionLogicalId);
  if (selected && running && isDeepStrictEqual(selected, mapping) && isSameBesideCode(running.config, config))
    return changeCode(name, running, config.codeDirectory);
  if (selected) await endConsumer(state, name);
  await renewFunction(state, config);
  addConsumer(state, mapping);
  return selected
    ? `${name}: started anew with what the template declares now; its counters begin at 0`
    : `${name}: started, as the template has it now`;
}

/** Another mapping may use the function too: then it goes over to the new one, and what was in flight comes again. */
async function renewFunction({ functions, options }: RunState, config: FunctionConfig): Promise<void> {
  const old = functions.get(config.logicalId);
  functions.set(config.logicalId, await startFunction(config, options));
  await old?.started.stop();
}

async function changeCode(
  name: string,
  running: RunningFunction,
  codeDirectory: string,
): Promise<string | undefined> {
  if (isSameCode(running.codeDirectory, codeDirectory)) return undefined;
  const problem = await swapCode(running, codeDirectory);
  return problem === undefined ? `${name}: runs its new code` : keptOldCode(name, problem);
}

export const keptOldCode = (name: string, problem: string) => `${name}: keeps its old code: ${problem}`;

/** Finishes what is in flight, commits it, and leaves the group. */
async function endConsumer({ consumers, functions, ended }: RunState, name: string): Promise<void> {
  const consumer = consumers.get(name);
  if (!consumer) return;
  await consumer.mapping.stop();
  consumers.delete(name);
  ended.push(consumer);
  const { functionLogicalId } = consumer.selected;
  const isShared = [...consumers.values()].some(
    (one) => one.selected.functionLogicalId === functionLogicalId,
  );
  if (isShared) return;
  await functions.get(functionLogicalId)?.started.stop();
  functions.delete(functionLogicalId);
}
