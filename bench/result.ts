import type { Machine } from './measure/machine.ts';

/** Written to `.lanewise/bench/<name>.json`, and the matter of docs/benchmarks.md. */
export interface BenchResult {
  readonly name: string;
  readonly title: string;
  /** What to run for the same. */
  readonly command: string;
  /** ISO time at which it began. */
  readonly date: string;
  readonly machine: Machine;
  /** Package to version, of what was compared. */
  readonly versions: Readonly<Record<string, string>>;
  readonly quick: boolean;
  readonly tables: readonly ResultTable[];
  readonly targets: readonly Target[];
  readonly notes: readonly string[];
}

export interface ResultTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Long tables are folded on the page. */
  readonly folded?: boolean;
}

/** One promise, and what this run says of it. */
export interface Target {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly reached: boolean;
}

export interface BenchOptions {
  /** A few iterations: to see that everything runs and computes the same. */
  readonly quick: boolean;
  /** A Kafka to measure against, `host:port`. */
  readonly bootstrap: string | undefined;
}

/** What a bench finds out; who runs it adds when and where. */
export type Findings = Pick<BenchResult, 'tables' | 'targets' | 'notes'>;

export interface Bench {
  readonly title: string;
  /** Packages whose versions matter. */
  readonly packages: readonly string[];
  readonly run: (options: BenchOptions) => Promise<Findings>;
}
