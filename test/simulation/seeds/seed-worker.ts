import { parentPort, workerData } from 'node:worker_threads';
import { loadEngine } from '../engine.ts';
import { runSeed } from '../run-seed.ts';
import { addRun, NO_SEEDS, type SeedReport } from './seed-report.ts';

/** Every `stride`-th seed from `from` to `to`. */
export interface WorkerTask {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
  /** Folder of the project or of a copy whose engine runs. */
  readonly root: string;
  readonly stopAtFirst: boolean;
}

export interface WorkerTold {
  /** What came of the seeds since it was told last. */
  readonly report: SeedReport;
  readonly ended: boolean;
}

/** Seeds after which a worker tells how far it is. */
const STEP = 50;

async function work({ from, to, stride, root, stopAtFirst }: WorkerTask): Promise<void> {
  const engine = await loadEngine(root);
  let report = NO_SEEDS;
  for (let seed = from; seed <= to; seed += stride) {
    report = addRun(report, await runSeed(seed, engine));
    if (stopAtFirst && report.failures.length > 0) break;
    if (report.seeds < STEP) continue;
    tell({ report, ended: false });
    report = NO_SEEDS;
  }
  tell({ report, ended: true });
}

function tell(told: WorkerTold): void {
  parentPort?.postMessage(told);
}

// What a worker is given is what its starter wrote.
await work(workerData as WorkerTask);
