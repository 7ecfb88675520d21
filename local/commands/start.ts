import { join } from 'node:path';
import { startControlServer } from '../control/control-server.ts';
import { type FaultPlan, noFaults, planFaults } from '../faults/fault-plan.ts';
import type { StartOptions } from '../options.ts';
import { createProgress } from '../report/progress.ts';
import { checkReportFile, writeReport } from '../report/report-file.ts';
import { renderSummary } from '../report/summary.ts';
import { collectReport } from '../run/collect-report.ts';
import { type OpenRun, openRun } from '../run/open-run.ts';
import { readSystem } from '../run/read-system.ts';
import { type SelectedMapping, selectMappings } from '../run/select-mappings.ts';
import { handleShutdown } from '../run/shutdown.ts';
import { watchRun } from '../run/watch-run.ts';
import { readOrders } from '../shop/orders-file.ts';
import { sampleOrders } from '../shop/sample-orders.ts';
import type { ProducedRecord } from '../source/record-source.ts';

/** Sample orders of a run on the embedded source that names none. */
const defaultCount = 300;

/**
 * `npm start`. Resolves with the exit code: 0 when nothing was lost, 1 otherwise.
 *
 * @throws LocalError for bad input; then nothing is left running.
 */
export async function runStart(options: StartOptions): Promise<number> {
  const closing = new AsyncDisposableStack();
  try {
    return await start(options, closing);
  } finally {
    await closing.disposeAsync();
  }
}

async function start(options: StartOptions, closing: AsyncDisposableStack): Promise<number> {
  const startedAt = Date.now();
  const projectDirectory = process.cwd();
  const progress = createProgress(process.stdout);
  const shutdown = handleShutdown(progress.note);
  closing.defer(async () => shutdown.release());

  // What a person may have mistyped is found before anything is started.
  await checkReportFile(options.report);
  const orders = await ordersOf(options);
  const system = await readSystem(projectDirectory, options.assembly);
  const mappings = selectMappings(system, options);
  const faults = faultsOf(options, mappings);

  const open = await openRun(
    {
      options,
      projectDirectory,
      system,
      mappings,
      faults,
      produces: orders !== undefined,
      note: progress.note,
      logFile: join(projectDirectory, '.lanewise', 'functions.log'),
    },
    closing,
  );
  await produce(open, orders ?? []);
  await acceptOrders(open, options, closing);
  await watchRun(open, { progress, signal: shutdown.signal, once: options.once || !process.stdout.isTTY });
  await open.run.stop();

  const report = await collectReport(open, { seed: options.seed, startedAt });
  progress.done();
  process.stdout.write(`${renderSummary(report)}\n`);
  await writeReport(options.report, report);
  return report.lost === 0 ? 0 : 1;
}

/** What this run writes; `undefined` when it only reads what is on the topic. */
async function ordersOf(options: StartOptions): Promise<readonly ProducedRecord[] | undefined> {
  const samples = options.count ?? (options.bootstrap || options.orders ? undefined : defaultCount);
  const given = options.orders === undefined ? undefined : await readOrders(options.orders);
  const generated = samples === undefined ? undefined : sampleOrders({ count: samples, seed: options.seed });
  return given || generated ? [...(given ?? []), ...(generated ?? [])] : undefined;
}

/** A sample run on the embedded source shows what failures do; a run on somebody's own records adds none. */
function faultsOf(options: StartOptions, mappings: readonly SelectedMapping[]): FaultPlan {
  const isSample = options.bootstrap === undefined && options.orders === undefined;
  if (!options.faults || !isSample) return noFaults;
  return planFaults(
    options.seed,
    mappings.map(({ config }) => config.consumer),
  );
}

/** To every topic that a mapping of this run reads. */
async function produce(open: OpenRun, records: readonly ProducedRecord[]): Promise<void> {
  if (records.length === 0) return;
  for (const topic of new Set(open.mappings.map(({ config }) => config.topic))) {
    await open.source.produce(topic, records);
    open.produced += records.length;
  }
}

/** `npm run produce -- N` of another terminal. */
async function acceptOrders(
  open: OpenRun,
  options: StartOptions,
  closing: AsyncDisposableStack,
): Promise<void> {
  let calls = 0;
  const control = await startControlServer(
    { projectDirectory: open.projectDirectory, port: options.port },
    async ({ count }) => {
      calls += 1;
      await produce(open, sampleOrders({ count, seed: options.seed + 1_000 * calls }));
      return { produced: count };
    },
  );
  closing.defer(() => control.stop());
}
