import type { Observer } from '../../lib/index.ts';

/** A new hook does not compile until it is here: so no test forgets one. */
const hooks: Readonly<Record<keyof Observer, true>> = {
  batchStarted: true,
  recordDone: true,
  recordSkipped: true,
  recordFailed: true,
  recordParked: true,
  recordTimedOut: true,
  batchEnded: true,
};

/** An observer that passes on everything it is told, with the name of the hook. */
export function observerOf(each: (name: string, event: unknown) => unknown): Observer {
  return Object.fromEntries(Object.keys(hooks).map((name) => [name, (event: unknown) => each(name, event)]));
}
