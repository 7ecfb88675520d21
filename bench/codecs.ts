/**
 * What the codecs cost over the libraries under them: `node bench/codecs.ts`. Each case has a thread of its own, so that none spoils what V8 has
 * learned for another, and all of a group take turns, so that whatever slows the machine slows them alike. The best turn of each counts;
 * ratios are to the library alone.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { groups } from './codecs/cases.ts';

const turns = 40;
const calls = 5_000;

for (const [group, cases] of Object.entries(groups)) {
  const workers = new Map(Object.keys(cases).map((name) => [name, startCase(group, name)]));
  report(group, await takeTurns(workers));
  for (const worker of workers.values()) await worker.terminate();
}

function startCase(group: string, name: string): Worker {
  return new Worker(new URL('./codecs/run-case.ts', import.meta.url), { workerData: { group, name, calls } });
}

/** Microseconds for one call of each. */
async function takeTurns(workers: ReadonlyMap<string, Worker>): Promise<ReadonlyMap<string, number>> {
  const best = new Map<string, number>();
  for (let turn = 0; turn < turns; turn++) {
    for (const [name, worker] of workers) {
      worker.postMessage('turn');
      const [each] = await once(worker, 'message');
      best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, each));
    }
  }
  return best;
}

function report(group: string, results: ReadonlyMap<string, number>): void {
  const [floor = Number.NaN] = results.values();
  console.log(group);
  for (const [name, each] of results) {
    console.log(
      `  ${name.padEnd(42)}${each.toFixed(2).padStart(8)} µs${(each / floor).toFixed(2).padStart(8)}`,
    );
  }
}
