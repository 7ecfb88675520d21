/** One candidate in one situation. A worker has one of them, so that none spoils what V8 has learned for another. */
export interface Case {
  /** Does some of the work; tells what one unit of it took, in nanoseconds. Whatever is no part of the work is not timed. */
  readonly turn: () => number | Promise<number>;
  /** What was computed, to be compared with the other candidates. */
  readonly digest: () => string | Promise<string>;
  readonly close?: () => void | Promise<void>;
}

/** What a module of cases exports. */
export interface CaseModule {
  readonly openCase: (candidate: string, situation: never) => Case | Promise<Case>;
}
