/** `npm run bench`: measures lanewise beside its peers, and writes docs/benchmarks.md. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Command } from 'commander';
import { benches } from './benches.ts';
import { writePage } from './report/benchmarks-page.ts';
import { renderResult } from './report/render-result.ts';
import { writeResult } from './report/result-file.ts';
import type { BenchOptions } from './result.ts';
import { runBench } from './run-bench.ts';

const names = Object.keys(benches);

const program = new Command('npm run bench --')
  .description(
    'Measures lanewise beside its peers. Without a name all benches run and docs/benchmarks.md is written.',
  )
  .argument('[name]', names.join(', '))
  .option('--quick', 'a few iterations: to see that everything runs, not to measure', false)
  .option('--bootstrap <host:port>', 'an Apache Kafka for the bench local; npm run kafka starts one')
  .option('--page', 'only writes docs/benchmarks.md again, from the results of earlier runs', false)
  .action((name: string | undefined, options: BenchOptions & { readonly page: boolean }) =>
    options.page ? writePage(names) : run(name, options),
  );

await program.parseAsync();

async function run(name: string | undefined, options: BenchOptions): Promise<void> {
  if (name === undefined) return runAll(options);
  const bench = benches[name];
  if (bench === undefined)
    return program.error(`there is no bench '${name}'; there are: ${names.join(', ')}`);
  const result = await runBench(name, bench, options);
  console.log(`${renderResult(result)}\n\nwritten to ${writeResult(result)}`);
}

/** Each in a process of its own, so that none finds the memory of another. */
async function runAll(options: BenchOptions): Promise<void> {
  for (const name of names) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), name, ...flags(options)], {
      stdio: 'inherit',
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`the bench ${name} ended with ${code}`);
  }
  // A smoke run measures nothing.
  if (!options.quick) writePage(names);
}

function flags({ quick, bootstrap }: BenchOptions): readonly string[] {
  return [...(quick ? ['--quick'] : []), ...(bootstrap === undefined ? [] : ['--bootstrap', bootstrap])];
}
