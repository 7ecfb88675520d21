import { notify } from './notify.ts';
import type { Observer } from './observer.ts';

/** One observer of several. What one of them throws, or rejects with, does not keep the others from being told. */
export function combineObservers(...observers: readonly Observer[]): Observer {
  return {
    batchStarted: (event) => each(observers, (observer) => notify(observer, 'batchStarted', event)),
    recordDone: (event) => each(observers, (observer) => notify(observer, 'recordDone', event)),
    recordSkipped: (event) => each(observers, (observer) => notify(observer, 'recordSkipped', event)),
    recordFailed: (event) => each(observers, (observer) => notify(observer, 'recordFailed', event)),
    recordParked: (event) => each(observers, (observer) => notify(observer, 'recordParked', event)),
    recordTimedOut: (event) => each(observers, (observer) => notify(observer, 'recordTimedOut', event)),
    batchEnded: (event) => each(observers, (observer) => notify(observer, 'batchEnded', event)),
  };
}

function each(observers: readonly Observer[], tell: (observer: Observer) => void): void {
  for (const observer of observers) tell(observer);
}
