import type { Clock } from '../../../local/clock.ts';
import { createTimerHeap, earliest, setTimer, takeDue } from '../../../local/mapping/support/timer-heap.ts';

/** A clock that stands still until everything that could happen has happened, and then goes on to the next timer. */
export interface VirtualClock extends Clock {
  /** Lets time pass until `done` holds; throws when that takes longer than `limit` milliseconds. */
  runUntil(done: () => boolean, limit: number): Promise<void>;
}

export function virtualClock(start: number): VirtualClock {
  const timers = createTimerHeap<{ callback: (() => void) | undefined }>();
  let now = start;
  const after = (ms: number, callback: () => void) => {
    const timer: { callback: (() => void) | undefined } = { callback };
    setTimer(timers, now + Math.max(0, ms), timer);
    return () => {
      timer.callback = undefined;
    };
  };
  const step = (until: number): boolean => {
    const at = earliest(timers);
    if (at === undefined || at > until) return false;
    now = Math.max(now, at);
    takeDue(timers, now)?.callback?.();
    return true;
  };
  return {
    now: () => now,
    setTimer: after,
    runUntil: async (done, limit) => {
      const until = now + limit;
      for (await quiet(); !done(); await quiet()) {
        if (!step(until)) throw new Error(`it has not happened within ${limit} ms of virtual time`);
      }
    },
  };
}

/** When this resolves, every promise that could be settled is. */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
