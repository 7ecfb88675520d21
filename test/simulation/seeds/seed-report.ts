import type { SeedRun } from '../run-seed.ts';

export interface SeedFailure {
  readonly seed: number;
  readonly failure: string;
}

/** What came of a number of seeds. */
export interface SeedReport {
  readonly seeds: number;
  readonly records: number;
  readonly deliveries: number;
  readonly invocations: number;
  readonly faults: number;
  /** Of all runs together: the same seeds give the same number, in whatever order they ran. */
  readonly hash: number;
  readonly failures: readonly SeedFailure[];
}

export const NO_SEEDS: SeedReport = {
  seeds: 0,
  records: 0,
  deliveries: 0,
  invocations: 0,
  faults: 0,
  hash: 0,
  failures: [],
};

export function addRun(report: SeedReport, { seed, hash, tally, failure }: SeedRun): SeedReport {
  return addReports(report, {
    ...tally,
    seeds: 1,
    hash,
    failures: failure === undefined ? [] : [{ seed, failure }],
  });
}

export function addReports(one: SeedReport, other: SeedReport): SeedReport {
  return {
    seeds: one.seeds + other.seeds,
    records: one.records + other.records,
    deliveries: one.deliveries + other.deliveries,
    invocations: one.invocations + other.invocations,
    faults: one.faults + other.faults,
    hash: (one.hash ^ other.hash) >>> 0,
    failures: [...one.failures, ...other.failures].toSorted((a, b) => a.seed - b.seed),
  };
}
