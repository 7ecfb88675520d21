import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface Comparison {
  /** Module that exports `openCase`. */
  readonly module: URL;
  readonly entrants: readonly Entrant[];
  readonly rounds: number;
  /** Rounds before those that count. */
  readonly warmUp: number;
  /** For the workers. */
  readonly resourceLimits?: { readonly maxYoungGenerationSizeMb: number };
}

export interface Entrant {
  readonly label: string;
  /** What `openCase` is given. */
  readonly candidate: string;
  readonly situation: unknown;
}

/** Samples of each entrant, in rounds: the same index is the same round. */
export interface Measured {
  readonly label: string;
  readonly samples: readonly number[];
  readonly digest: string;
}

/**
 * Lets the entrants take turns, each in a worker of its own. Whatever slows the machine for longer than a turn slows all of a round, so that
 * ratios within a round hold; who begins changes from round to round.
 */
export async function takeTurns(comparison: Comparison): Promise<readonly Measured[]> {
  const workers = await openWorkers(comparison);
  try {
    for (let round = 0; round < comparison.warmUp; round += 1) await playRound(workers, round);
    const rounds: (readonly number[])[] = [];
    for (let round = 0; round < comparison.rounds; round += 1) rounds.push(await playRound(workers, round));
    return await Promise.all(
      workers.map(async (worker, index) => ({
        label: comparison.entrants[index]?.label ?? '',
        samples: rounds.map((times) => times[index] ?? Number.NaN),
        digest: String(await ask(worker, 'digest')),
      })),
    );
  } finally {
    await Promise.all(workers.map((worker) => close(worker)));
  }
}

/** @throws Error when two entrants did not compute the same. */
export function requireSameDigest(measured: readonly Measured[]): void {
  const digests = new Set(measured.map(({ digest }) => digest));
  if (digests.size <= 1) return;
  const each = measured.map(({ label, digest }) => `${label}: ${digest}`).join('; ');
  throw new Error(`the candidates did not compute the same: ${each}`);
}

async function openWorkers({ module, entrants, resourceLimits }: Comparison): Promise<readonly Worker[]> {
  const workers: Worker[] = [];
  for (const { candidate, situation } of entrants) {
    const worker = new Worker(new URL('./case-worker.ts', import.meta.url), {
      workerData: { module: module.href, candidate, situation },
      resourceLimits: { ...resourceLimits },
    });
    await once(worker, 'message');
    workers.push(worker);
  }
  return workers;
}

async function playRound(workers: readonly Worker[], round: number): Promise<readonly number[]> {
  const times = workers.map(() => Number.NaN);
  for (const step of workers.keys()) {
    const index = (step + round) % workers.length;
    const worker = workers[index];
    if (worker) times[index] = Number(await ask(worker, 'turn'));
  }
  return times;
}

async function ask(worker: Worker, request: 'turn' | 'digest' | 'close'): Promise<unknown> {
  const answer = once(worker, 'message');
  worker.postMessage(request);
  return (await answer)[0];
}

async function close(worker: Worker): Promise<void> {
  await ask(worker, 'close').catch(() => undefined);
  await worker.terminate();
}
