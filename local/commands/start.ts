import { join } from 'node:path';
import type { LocalSystem } from '../assembly/local-system.ts';
import { chooseKnobs } from '../config/choose-knobs.ts';
import { startControlServer } from '../control/control-server.ts';
import { type FaultPlan, noFaults, planFaults } from '../faults/fault-plan.ts';
import { LocalError } from '../local-error.ts';
import { isOnKafka, isReadOnly, type StartOptions } from '../options.ts';
import { projectFolder } from '../project-folder.ts';
import { createProgress } from '../report/progress.ts';
import { checkReportFile, writeReport } from '../report/report-file.ts';
import { renderSummary } from '../report/summary.ts';
import { collectReport } from '../run/collect-report.ts';
import { howToWrite } from '../run/connection/read-only-source.ts';
import { inspectionsOf } from '../run/inspections.ts';
import { type OpenRun, openRun, type RunPlan } from '../run/open-run.ts';
import { readSystem } from '../run/read-system.ts';
import { type SelectedMapping, selectMappings } from '../run/select-mappings.ts';
import { handleShutdown } from '../run/shutdown.ts';
import { watchRun } from '../run/watch-run.ts';
import { oldOrders, writeOrders } from '../run/write-orders.ts';
import { type GivenRecord, readOrders } from '../shop/orders-file.ts';
import { sampleOrders, sampleTopic } from '../shop/sample-orders.ts';

/** Sample orders of a run on the embedded source that names none. */
const defaultCount = 300;

/** What is added to a run of `npm start`; it stays then until it is told to end. */
export type Companion = (open: OpenRun, plan: RunPlan) => Promise<() => Promise<void>>;

/**
 * `npm start`. Resolves with the exit code: 0 when nothing was lost, 1 otherwise.
 *
 * @throws LocalError for bad input; then nothing is left running.
 */
export async function runStart(options: StartOptions, companion?: Companion): Promise<number> {
  const closing = new AsyncDisposableStack();
  try {
    return await start({ options, companion }, closing);
  } finally {
    await closing.disposeAsync();
  }
}

interface Session {
  readonly options: StartOptions;
  readonly companion: Companion | undefined;
}

function howToGoOn(options: StartOptions): string {
  return isReadOnly(options)
    ? 'stays for more records; Ctrl-C ends it'
    : `stays for more orders: 'npm run produce -- 10' in another terminal writes some; Ctrl-C ends it`;
}

async function start({ options, companion }: Session, closing: AsyncDisposableStack): Promise<number> {
  const startedAt = Date.now();
  const progress = createProgress(process.stdout);
  const { plan, orders } = await planRun(options, progress.note);
  // Not before: until something is started, Ctrl-C ends the process as it ends any other.
  const shutdown = handleShutdown(progress.note);
  closing.defer(async () => shutdown.release());
  const open = await openRun(plan, closing);
  await acceptOrders(open, options, closing);
  const endCompanion = await companion?.(open, plan);
  const once = companion === undefined && (options.once || !process.stdout.isTTY);
  if (!once) progress.note(howToGoOn(options));
  const written = writeOrders(open, orders ?? [], shutdown.signal);
  await watchRun(open, { progress, signal: shutdown.signal, once, written }).finally(endCompanion);
  await open.run.stop();

  const report = await collectReport(open, { seed: options.seed, startedAt });
  progress.done();
  process.stdout.write(`${renderSummary(report, process.stdout.columns)}\n`);
  await writeReport(options.report, report);
  return report.lost === 0 ? 0 : 1;
}

/** What a person may have mistyped is found here, before anything is started. */
async function planRun(
  options: StartOptions,
  note: (line: string) => void,
): Promise<{ readonly plan: RunPlan; readonly orders: readonly GivenRecord[] | undefined }> {
  const projectDirectory = process.cwd();
  refuseStrayCommit(options);
  await checkReportFile(options.report);
  const orders = await ordersOf(options);
  const knobs = await chooseKnobs({ projectDirectory, file: options.config }, options.knob);
  const system = await readSystem(projectDirectory, options.assembly);
  refuseForeignSamples(options, system);
  const mappings = selectMappings(system, options);
  const faults = faultsOf(options, mappings);
  const inspections = inspectionsOf(options, mappings, note);
  for (const line of [...system.notes, ...oldOrders(orders ?? [], mappings, Date.now())]) note(line);
  if (faults !== noFaults) note(faultsNote);
  const plan: RunPlan = {
    options,
    projectDirectory,
    system,
    mappings,
    knobs,
    note,
    faults,
    inspections,
    produces: orders !== undefined,
    logFile: join(projectFolder(projectDirectory), 'functions.log'),
  };
  return { plan, orders };
}

function refuseStrayCommit({ commit, ...connection }: StartOptions): void {
  if (commit === undefined || isOnKafka(connection)) return;
  throw new LocalError(
    `got ${commit ? '--commit' : '--no-commit'} without --bootstrap host:port or --cluster ARN: the embedded source is this run's own`,
  );
}

/** What this run writes; `undefined` when it only reads what is on the topic. */
async function ordersOf(options: StartOptions): Promise<readonly GivenRecord[] | undefined> {
  const asked = options.count !== undefined || options.orders !== undefined;
  if (asked && isReadOnly(options)) throw new LocalError(`no orders are written: ${howToWrite}`);
  const samples = options.count ?? (isOnKafka(options) || options.orders ? undefined : defaultCount);
  const given = options.orders === undefined ? undefined : await readOrders(options.orders);
  const generated = samples === undefined ? undefined : sampleOrders({ count: samples, seed: options.seed });
  return given || generated ? [...(given ?? []), ...(generated ?? [])] : undefined;
}

/** Sample orders that nobody asked for are for the shop; on a topic of another app they would be undecodable records. */
function refuseForeignSamples({ count, orders, ...connection }: StartOptions, { topics }: LocalSystem): void {
  const isAsked = count !== undefined || orders !== undefined || isOnKafka(connection);
  const names = topics.map(({ name }) => name);
  if (isAsked || names.length === 0 || names.includes(sampleTopic)) return;
  throw new LocalError(
    `there is nothing to read: the sample orders are for topic ${sampleTopic}, and the template has ${names.join(', ')}; ` +
      'give your records with --orders FILE (- is standard input), a Kafka with --bootstrap host:port, or ask for sample orders with --count N',
  );
}

const faultsNote =
  'sample run: on purpose, an environment of each function dies in mid-batch and DynamoDB throttles for moments (--no-faults leaves that out)';

/** A sample run on the embedded source shows what failures do; a run on somebody's own records adds none. */
function faultsOf(options: StartOptions, mappings: readonly SelectedMapping[]): FaultPlan {
  const isSample = !isOnKafka(options) && options.orders === undefined;
  if (!options.faults || !isSample) return noFaults;
  return planFaults(
    options.seed,
    mappings.map(({ config }) => config.consumer),
  );
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
    async ({ count, seed }) => {
      if (isReadOnly(options)) throw new LocalError(`no orders are written: ${howToWrite}`);
      calls += 1;
      await writeOrders(open, sampleOrders({ count, seed: seed ?? options.seed + 1_000 * calls }));
      return { produced: count };
    },
  );
  closing.defer(() => control.stop());
}
