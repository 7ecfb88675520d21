import type { FunctionInvoker } from '../function/invoker.ts';
import { LocalError } from '../local-error.ts';
import type { LocalRunOptions } from './local-run.ts';
import { type ConsumerParts, type RunningConsumer, startConsumer } from './running-consumer.ts';
import type { RunningFunction } from './running-functions.ts';
import type { SelectedMapping } from './select-mappings.ts';

/** Functions by logical id and consumers by name, as they run now. */
export interface RunState {
  readonly options: LocalRunOptions;
  readonly functions: Map<string, RunningFunction>;
  readonly consumers: Map<string, RunningConsumer>;
  /** Consumers that were stopped before the run ended. */
  readonly ended: RunningConsumer[];
  readonly setAside: ConsumerParts['setAside'];
}

/** Starts the mapping of a function that runs. */
export function addConsumer(state: RunState, selected: SelectedMapping): void {
  const { options, functions, consumers, setAside } = state;
  const { functionLogicalId, config } = selected;
  if (!functions.has(functionLogicalId)) {
    throw new LocalError(
      `the function of consumer '${config.consumer}' (${functionLogicalId}) is not in the template`,
    );
  }
  // Looked up each time: the function may be started anew while the mapping runs on.
  const invoker: FunctionInvoker = {
    invoke: async (payload) =>
      (await functions.get(functionLogicalId)?.started.invoke(payload)) ?? {
        kind: 'not-reached',
        reason: 'service',
        message: `function ${functionLogicalId} has ended`,
      },
  };
  const seed = options.seed + consumers.size;
  consumers.set(config.consumer, startConsumer(selected, { options, invoker, setAside, seed }));
}
