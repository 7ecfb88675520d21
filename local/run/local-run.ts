import type { LocalSystem } from '../assembly/local-system.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { LogLine } from '../function/function-options.ts';
import type { Knobs } from '../mapping/knobs.ts';
import type { MappingStatus } from '../mapping/mapping-status.ts';
import type { SetAsideRecord } from '../report/run-report.ts';
import type { ServiceEnvironment } from '../services/aws-client-config.ts';
import type { RecordSource } from '../source/record-source.ts';
import { changeRun } from './change-run.ts';
import type { Inspections } from './inspections.ts';
import { lostRecords } from './lost-records.ts';
import { addConsumer, type RunState } from './run-state.ts';
import { startFunction, swapCode } from './running-functions.ts';
import type { SelectedMapping } from './select-mappings.ts';

export interface LocalRunOptions {
  readonly system: LocalSystem;
  readonly mappings: readonly SelectedMapping[];
  readonly source: RecordSource;
  readonly environment: ServiceEnvironment;
  readonly projectDirectory: string;
  readonly faults: FaultPlan;
  readonly seed: number;
  readonly onLog: (line: LogLine) => void;
  readonly note: (line: string) => void;
  readonly knobs: Knobs | undefined;
  readonly inspections: Inspections;
}

/** The mappings of a template at work, with their functions. */
export interface LocalRun {
  statuses(): readonly MappingStatus[];
  /** Whether every record of every lane is resolved and committed. */
  drained(): boolean;
  /** What the mappings gave up and delivered to a destination. */
  discarded(): readonly SetAsideRecord[];
  /** What was passed by a committed offset with nothing to show for it, dropped by the mapping or not. */
  lost(): readonly SetAsideRecord[];
  /** Lets later invocations of a function run other code; tells in one line what is wrong with it, and then keeps the old. */
  replaceCode(functionLogicalId: string, codeDirectory: string): Promise<string | undefined>;
  /** Runs what a newer template declares; tells in a line each what was changed. */
  change(system: LocalSystem, mappings: readonly SelectedMapping[]): Promise<readonly string[]>;
  /** Finishes what is in flight, commits it, and ends the functions. */
  stop(): Promise<void>;
}

/**
 * Starts the functions, then the mappings.
 *
 * @throws LocalError when a function cannot be initialised, or a mapping is none that AWS would run; then nothing runs.
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const state: RunState = {
    options,
    functions: new Map(),
    consumers: new Map(),
    ended: [],
    setAside: { discarded: [], dropped: [] },
  };
  const run = runOf(state);
  try {
    await startFunctions(state);
    for (const mapping of options.mappings) addConsumer(state, mapping);
    return run;
  } catch (error) {
    await run.stop();
    throw error;
  }
}

function runOf(state: RunState): LocalRun {
  const consumers = () => [...state.consumers.values()];
  return {
    statuses: () => consumers().map(({ mapping }) => mapping.status()),
    drained: () => consumers().every(({ mapping }) => mapping.drained()),
    discarded: () => state.setAside.discarded,
    lost: () => lostRecords([...state.ended, ...consumers()], state.setAside.dropped),
    replaceCode: async (logicalId, codeDirectory) => {
      const running = state.functions.get(logicalId);
      return running && (await swapCode(running, codeDirectory));
    },
    change: (system, mappings) => changeRun(state, system, mappings),
    stop: async () => {
      await Promise.all(consumers().map(({ mapping }) => mapping.stop()));
      await stopFunctions(state);
    },
  };
}

async function startFunctions({ options, functions }: RunState): Promise<void> {
  const wanted = new Set(options.mappings.map((mapping) => mapping.functionLogicalId));
  const configs = options.system.functions.filter((config) => wanted.has(config.logicalId));
  const starts = await Promise.allSettled(
    configs.map(async (config) => {
      functions.set(config.logicalId, await startFunction(config, options));
    }),
  );
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) throw failed.reason;
}

async function stopFunctions({ functions }: RunState): Promise<void> {
  await Promise.all([...functions.values()].map(({ started }) => started.stop()));
}
