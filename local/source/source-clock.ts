/** Time as a record source sees it: record timestamps and the wait of a fetch. A simulation brings its own. */
export interface SourceClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `ms` milliseconds; the function it returns cancels that. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: SourceClock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
