import type { FunctionInvoker } from '../../local/function/invoker.ts';
import { functionSources } from '../init/functions.ts';
import { startBundledFunction } from '../support/bundled-function.ts';

export interface OpenInvoker extends FunctionInvoker {
  readonly stop: () => Promise<void>;
}

/** What a mapping calls, from nothing to a handler that decodes every value. */
export const invokers: Readonly<Record<string, () => Promise<OpenInvoker>>> = {
  'no function': async () => ({
    invoke: async () => ({ kind: 'returned', payload: '{"batchItemFailures":[]}' }),
    stop: async () => {},
  }),
  'no-op function': async () => openFunction('bare handler'),
  'lanewise, JSON': async () => openFunction('lanewise, JSON'),
};

async function openFunction(name: string): Promise<OpenInvoker> {
  const { invoke, stop } = await startBundledFunction(functionSources[name] ?? '');
  return { invoke, stop };
}
