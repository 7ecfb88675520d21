import type { LocalSystem } from '../assembly/local-system.ts';
import { readControlFiles } from '../control/control-file.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Knobs } from '../mapping/knobs.ts';
import type { ConnectionOptions, StartOptions } from '../options.ts';
import type { RecordSource } from '../source/record-source.ts';
import { openFunctionLog } from './function-log.ts';
import type { Inspections } from './inspections.ts';
import { type LocalRun, startLocalRun } from './local-run.ts';
import { openSource } from './open-source.ts';
import type { SelectedMapping } from './select-mappings.ts';
import { type ShopServices, startShopServices } from './shop-services.ts';

export interface RunPlan {
  readonly options: ConnectionOptions & Pick<StartOptions, 'commit' | 'seed' | 'logs'>;
  readonly projectDirectory: string;
  readonly system: LocalSystem;
  readonly mappings: readonly SelectedMapping[];
  readonly faults: FaultPlan;
  /** Whether this run writes records. */
  readonly produces: boolean;
  readonly note: (line: string) => void;
  /** Where the functions' log lines go. */
  readonly logFile: string;
  readonly knobs?: Knobs;
  /** The functions that a debugger may stop in. */
  readonly inspections?: Inspections;
}

/** A run with everything it needs up. */
export interface OpenRun {
  readonly projectDirectory: string;
  readonly system: LocalSystem;
  readonly mappings: readonly SelectedMapping[];
  readonly services: ShopServices;
  readonly source: RecordSource;
  readonly run: LocalRun;
  /** Records that this process has written so far. */
  produced: number;
}

/** Starts services, source, functions and mappings; each is closed with `closing`, also when a later one fails. */
export async function openRun(plan: RunPlan, closing: AsyncDisposableStack): Promise<OpenRun> {
  const { options, projectDirectory, system, mappings, faults, note } = plan;
  const source = await openSource({
    system,
    mappings,
    connection: options,
    produces: plan.produces,
    note,
  });
  closing.defer(() => source.close());
  const services = await startShopServices(system, faults);
  closing.defer(() => services.stop());
  const log = openFunctionLog({
    file: plan.logFile,
    show: options.logs ? note : undefined,
    isShared: readControlFiles(projectDirectory).length > 0,
  });
  closing.defer(() => log.close());
  const run = await startLocalRun({
    system,
    mappings,
    source,
    projectDirectory,
    faults,
    note,
    seed: options.seed,
    environment: services.functionEnvironment,
    knobs: plan.knobs,
    inspections: plan.inspections ?? new Map(),
    onLog: log.write,
  });
  closing.defer(() => run.stop());
  return { projectDirectory, system, mappings, services, source, run, produced: 0 };
}
