import { notify } from './notify.ts';
import type { Observer } from './observer.ts';

/** A record, so that a new hook is not forgotten here. */
const hooks: Readonly<Record<keyof Observer, true>> = {
  batchStarted: true,
  recordDone: true,
  recordSkipped: true,
  recordFailed: true,
  recordParked: true,
  recordTimedOut: true,
  batchEnded: true,
};

export const observerHooks = Object.keys(hooks) as readonly (keyof Observer)[];

/**
 * One observer of several. What one of them throws, or rejects with, does not keep the others from being told. A hook that none of them has is left out,
 * so that it costs nothing for each record.
 */
export function combineObservers(...observers: readonly Observer[]): Observer {
  const names = observerHooks.filter((name) => observers.some((observer) => observer[name] !== undefined));
  return Object.fromEntries(
    names.map((name) => [
      name,
      (event: never) => {
        for (const observer of observers) notify(observer, name, event);
      },
    ]),
  );
}
