import { loadEngine } from '../engine.ts';
import { runSeed } from '../run-seed.ts';
import { runSeeds } from '../seeds/run-seeds.ts';
import type { SeedRange } from '../seeds/seed-range.ts';
import type { SeedFailure, SeedReport } from '../seeds/seed-report.ts';
import { formatLine, lastOf } from './tell-story.ts';

/** Failures whose stories are told; the seeds of the others are named. */
const STORIES = 3;

export async function simulate(range: SeedRange, workers: number): Promise<number> {
  const started = performance.now();
  const show = progressOf(range.to - range.from + 1, started);
  const report = await runSeeds(range, { workers, progress: show });
  const shown = { ...report, seconds: (performance.now() - started) / 1000 };
  print(
    `seeds ${range.from}..${range.to}: ${shown.records} records, ${shown.deliveries} deliveries in ${shown.invocations} invocations, ` +
      `${shown.faults} faults, ${shown.seconds.toFixed(1)} s, ${rate(shown.records, shown.seconds)} records/s, run ${hex(shown.hash)}`,
  );
  for (const failure of report.failures.slice(0, STORIES)) await tellFailure(failure);
  if (report.failures.length === 0) return 0;
  print(
    `${report.failures.length} of ${report.seeds} seeds failed: ${report.failures.map(({ seed }) => seed).join(', ')}`,
  );
  return 1;
}

/** Runs one seed again: the same steps. */
export async function replay(seed: number, trace: boolean): Promise<number> {
  const run = await runSeed(seed, await loadEngine(), true);
  for (const line of trace ? run.story : []) print(formatLine(line));
  const { records, deliveries, invocations, faults } = run.tally;
  print(
    `seed ${seed}: ${records} records, ${deliveries} deliveries in ${invocations} invocations, ${faults} faults, run ${hex(run.hash)}`,
  );
  if (run.failure === undefined) return 0;
  if (!trace) for (const line of lastOf(run)) print(formatLine(line));
  print(`seed ${seed} failed: ${run.failure}`);
  return 1;
}

async function tellFailure({ seed, failure }: SeedFailure): Promise<void> {
  print(`\nseed ${seed} failed: ${failure}`);
  for (const line of lastOf(await runSeed(seed, await loadEngine(), true))) print(formatLine(line));
  print(`every step: npm run simulate -- --seed ${seed} --trace`);
}

/** One line in a terminal; in a file a line for each tenth. */
function progressOf(seeds: number, started: number): (report: SeedReport) => void {
  let told = 0;
  return ({ seeds: done, records, failures }) => {
    const seconds = (performance.now() - started) / 1000;
    const line = `${done} of ${seeds} seeds, ${rate(records, seconds)} records/s, ${failures.length} failed`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line.padEnd(70)}${done === seeds ? '\n' : ''}`);
    else if (Math.floor((done / seeds) * 10) > told) print(line);
    told = Math.floor((done / seeds) * 10);
  };
}

function rate(records: number, seconds: number): string {
  return Math.round(records / seconds).toLocaleString('en');
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, '0');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
