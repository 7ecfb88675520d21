import type { Observer } from '../../lib/index.ts';
import { observerHooks } from '../../lib/telemetry/combine-observers.ts';

/** An observer that passes on everything it is told, with the name of the hook. */
export function observerOf(each: (name: string, event: unknown) => unknown): Observer {
  return Object.fromEntries(observerHooks.map((name) => [name, (event: unknown) => each(name, event)]));
}
