/** The time that a step may take. */
export interface Deadline {
  /** Stops the clock: a debugger holds the thread. */
  hold(): void;
  /** Lets the clock run on. */
  release(): void;
  cancel(): void;
}

/** Above it `setTimeout` fires at once. */
const longestTimer = 2 ** 31 - 1;

/** Calls `over` when `limit` milliseconds have passed in which nobody held it. It keeps the process alive, also while held. */
export function startDeadline(limit: number, over: () => void): Deadline {
  let left = limit;
  let runningSince: number | undefined;
  let cancel = () => {};
  const release = () => {
    if (runningSince !== undefined) return;
    cancel();
    runningSince = performance.now();
    cancel = after(left, left > longestTimer ? () => undefined : over);
  };
  const hold = () => {
    if (runningSince === undefined) return;
    cancel();
    left = Math.max(0, left - (performance.now() - runningSince));
    runningSince = undefined;
    cancel = after(longestTimer, () => undefined);
  };
  release();
  return { hold, release, cancel: () => cancel() };
}

function after(milliseconds: number, over: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(
    () => {
      // When this thread was busy for long, the answer may lie in the queue behind the timer: read it first.
      immediate = setImmediate(() => {
        immediate = setImmediate(over);
      });
    },
    Math.min(milliseconds, longestTimer),
  );
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
