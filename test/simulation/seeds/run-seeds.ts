import { Worker } from 'node:worker_threads';
import { PROJECT } from '../engine.ts';
import type { SeedRange } from './seed-range.ts';
import { addReports, NO_SEEDS, type SeedReport } from './seed-report.ts';
import type { WorkerTask, WorkerTold } from './seed-worker.ts';

export interface RunSeedsOptions {
  readonly workers: number;
  /** Folder of the project or of a copy whose engine runs. @default the project */
  readonly root?: string;
  /** Whether a worker ends with the first seed that fails. */
  readonly stopAtFirst?: boolean;
  readonly progress?: (report: SeedReport) => void;
}

/** Runs seeds in worker threads, side by side. */
export async function runSeeds({ from, to }: SeedRange, options: RunSeedsOptions): Promise<SeedReport> {
  const { root = PROJECT, stopAtFirst = false, progress = () => {} } = options;
  const workers = Math.max(1, Math.min(options.workers, to - from + 1));
  let report = NO_SEEDS;
  const add = (part: SeedReport) => {
    report = addReports(report, part);
    progress(report);
  };
  const tasks = Array.from(
    { length: workers },
    (_, index): WorkerTask => ({ from: from + index, to, stride: workers, root, stopAtFirst }),
  );
  await Promise.all(tasks.map((task) => runTask(task, add)));
  return report;
}

function runTask(task: WorkerTask, add: (part: SeedReport) => void): Promise<void> {
  const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    worker.on('message', ({ report, ended }: WorkerTold) => {
      add(report);
      if (ended) resolve();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a worker of the simulation ended with ${code}`)));
  });
}
