import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalSystem } from '../../local/assembly/local-system.ts';
import { planFaults } from '../../local/faults/fault-plan.ts';
import { readKnobs } from '../../local/mapping/knobs.ts';
import type { RunReport } from '../../local/report/run-report.ts';
import { collectReport } from '../../local/run/collect-report.ts';
import { openRun } from '../../local/run/open-run.ts';
import { readSystem } from '../../local/run/read-system.ts';
import { selectMappings } from '../../local/run/select-mappings.ts';
import { watchRun } from '../../local/run/watch-run.ts';
import { sampleOrders } from '../../local/shop/sample-orders.ts';
import { type ExpectedEffects, expectedEffects } from '../support/expected-effects.ts';
import { projectRoot } from '../support/source-files.ts';

const count = 80;
const consumers = ['billing', 'inventory', 'notification'];
/** Retries come soon, so that twenty runs take seconds; nothing else differs from `npm start`. */
const knobs = readKnobs({ backoff: { initialMs: 100, factor: 2, maximumMs: 400, jitter: 0.2 } });

let system: LocalSystem;
let folder: string;
beforeAll(async () => {
  system = await readSystem(projectRoot, undefined);
  folder = await mkdtemp(join(tmpdir(), 'lanewise-sums-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What `npm start -- --seed N --count 80 --once` does, in this process. */
async function sampleRun(seed: number): Promise<RunReport> {
  const closing = new AsyncDisposableStack();
  const options = { once: true, seed, consumer: [], port: 0, faults: true, logs: false };
  const mappings = selectMappings(system, options);
  const startedAt = Date.now();
  try {
    const plan = { options, projectDirectory: projectRoot, system, mappings, produces: true, knobs };
    const faults = planFaults(seed, consumers);
    const logFile = join(folder, `functions-${seed}.log`);
    const open = await openRun({ ...plan, faults, logFile, note: () => {} }, closing);
    await open.source.produce('order-events', sampleOrders({ count, seed }));
    const progress = { note: () => {}, update: () => {}, done: () => {} };
    await watchRun(open, { progress, signal: new AbortController().signal, once: true });
    await open.run.stop();
    return await collectReport(open, { seed, startedAt });
  } finally {
    await closing.disposeAsync();
  }
}

function checkConsumer(report: RunReport, name: string, expected: ExpectedEffects): void {
  const partitions = report.consumers[name]?.partitions ?? [];
  const sum = (field: 'endOffset' | 'lag' | 'succeeded' | 'parked' | 'discarded') =>
    partitions.reduce((total, partition) => total + partition[field], 0);
  expect(sum('endOffset')).toBe(count);
  expect(sum('lag')).toBe(0);
  expect(sum('parked')).toBe(expected.parked.length);
  expect(sum('discarded')).toBe(0);
  expect(sum('succeeded') + sum('parked')).toBe(count);
}

function checkEffects({ effects }: RunReport, expected: ExpectedEffects): void {
  expect(effects).toMatchObject({
    invoices: expected.invoices,
    creditNotes: expected.creditNotes,
    mails: expected.mails,
  });
  expect(effects.reservations + effects.backorders).toBe(expected.decided);
  expect(effects.reservations).toBeGreaterThanOrEqual(expected.reservations.atLeast);
  expect(effects.reservations).toBeLessThanOrEqual(expected.reservations.atMost);
}

test.each([1, 5, 9, 13, 17].map((first) => [first]))(
  'orders in and effects out add up for the seeds from %i on, with environments that die and a database that throttles',
  async (first) => {
    const seeds = [first, first + 1, first + 2, first + 3];
    const reports = await Promise.all(seeds.map(sampleRun));
    expect(reports.some(retriedAnything)).toBe(true);
    for (const report of reports) {
      const expected = expectedEffects(sampleOrders({ count, seed: report.seed }));
      expect(report.lost).toBe(0);
      for (const name of consumers) checkConsumer(report, name, expected);
      checkEffects(report, expected);
    }
  },
);

/** The failures that were planned have really happened. */
function retriedAnything(report: RunReport): boolean {
  return Object.values(report.consumers).some(({ partitions }) =>
    partitions.some(({ retried }) => retried > 0),
  );
}
