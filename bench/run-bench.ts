import { describeMachine, versionOf } from './measure/machine.ts';
import type { Bench, BenchOptions, BenchResult } from './result.ts';

/** Runs one bench and adds what its numbers depend on. */
export async function runBench(name: string, bench: Bench, options: BenchOptions): Promise<BenchResult> {
  const date = new Date().toISOString();
  const machine = describeMachine();
  const findings = await bench.run(options);
  return {
    name,
    title: bench.title,
    command: `npm run bench -- ${name}${options.quick ? ' --quick' : ''}`,
    date,
    machine,
    versions: Object.fromEntries(bench.packages.map((packageName) => [packageName, versionOf(packageName)])),
    quick: options.quick,
    ...findings,
  };
}
