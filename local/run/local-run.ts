import type { FunctionConfig, LocalSystem } from '../assembly/local-system.ts';
import { createDestination } from '../destination/create-destination.ts';
import { deathOf, type FaultPlan } from '../faults/fault-plan.ts';
import { createFunction, type LocalFunction } from '../function/create-function.ts';
import type { LogLine } from '../function/function-options.ts';
import { LocalError } from '../local-error.ts';
import type { Knobs } from '../mapping/knobs.ts';
import type { MappingStatus } from '../mapping/mapping-status.ts';
import { type RunningMapping, startMapping } from '../mapping/run-mapping.ts';
import { seededRandom } from '../random.ts';
import type { SetAsideRecord } from '../report/run-report.ts';
import type { ServiceEnvironment } from '../services/aws-client-config.ts';
import type { RecordSource } from '../source/record-source.ts';
import { startAudit } from './audit.ts';
import { noticeLine, setAsideRecords } from './notice-text.ts';
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
}

/** The mappings of a template at work, with their functions. */
export interface LocalRun {
  statuses(): readonly MappingStatus[];
  /** Whether every record of every lane is resolved and committed. */
  drained(): boolean;
  /** What the mappings gave up and delivered to a destination. */
  discarded(): readonly SetAsideRecord[];
  lost(): number;
  /** Finishes what is in flight, commits it, and ends the functions. */
  stop(): Promise<void>;
}

interface RunningConsumer {
  readonly mapping: RunningMapping;
  readonly audit: ReturnType<typeof startAudit>;
}

/**
 * Starts the functions, then the mappings.
 *
 * @throws LocalError when a function cannot be initialised.
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const discarded: SetAsideRecord[] = [];
  const functions = await startFunctions(options);
  const consumers = options.mappings.map((mapping, index) =>
    startConsumer(mapping, { options, functions, discarded, seed: options.seed + index }),
  );
  return {
    statuses: () => consumers.map(({ mapping }) => mapping.status()),
    drained: () => consumers.every(({ mapping }) => mapping.drained()),
    discarded: () => discarded,
    lost: () => consumers.reduce((sum, { audit }) => sum + audit.passedOver(), 0),
    stop: async () => {
      await Promise.all(consumers.map(({ mapping }) => mapping.stop()));
      await stopFunctions(functions);
    },
  };
}

type Functions = ReadonlyMap<string, LocalFunction>;

async function startFunctions(options: LocalRunOptions): Promise<Functions> {
  const wanted = new Set(options.mappings.map((mapping) => mapping.functionLogicalId));
  const configs = options.system.functions.filter((config) => wanted.has(config.logicalId));
  const functions = new Map(
    configs.map((config) => [config.logicalId, createLocalFunction(config, options)]),
  );
  try {
    await Promise.all(configs.map((config) => initialise(config, functions.get(config.logicalId))));
    return functions;
  } catch (error) {
    await stopFunctions(functions);
    throw error;
  }
}

function createLocalFunction(config: FunctionConfig, options: LocalRunOptions): LocalFunction {
  const { projectDirectory, environment, faults, onLog } = options;
  return createFunction(config, {
    projectDirectory,
    environment,
    onLog,
    fault: (invocation) => {
      const afterMs = deathOf(faults, invocation.function, invocation.number);
      return afterMs === undefined ? undefined : { kind: 'die', afterMs };
    },
  });
}

async function initialise(config: FunctionConfig, started: LocalFunction | undefined): Promise<void> {
  const failure = await started?.warmUp();
  if (failure?.kind !== 'function-error') return;
  throw new LocalError(
    `function ${config.name} cannot be initialised: ${failure.errorType}: ${failure.errorMessage} (${config.codeDirectory})`,
  );
}

async function stopFunctions(functions: Functions): Promise<void> {
  await Promise.all([...functions.values()].map((started) => started.stop()));
}

interface ConsumerParts {
  readonly options: LocalRunOptions;
  readonly functions: Functions;
  readonly discarded: SetAsideRecord[];
  readonly seed: number;
}

function startConsumer(
  { config, functionLogicalId }: SelectedMapping,
  parts: ConsumerParts,
): RunningConsumer {
  const { options, functions, discarded, seed } = parts;
  const invoker = functions.get(functionLogicalId);
  if (!invoker) {
    throw new LocalError(
      `the function of consumer '${config.consumer}' (${functionLogicalId}) is not in the template`,
    );
  }
  const audit = startAudit();
  const source = audit.source(options.source);
  const destination = createDestination(config, {
    source,
    environment: options.environment,
    knobs: options.knobs,
    random: seededRandom(seed),
  });
  const mapping = startMapping(config, {
    source,
    invoker: audit.invoker(invoker),
    destination: destination && audit.destination(destination),
    random: seededRandom(seed),
    knobs: options.knobs,
    observer: (notice) => {
      if (notice.kind === 'discarded') discarded.push(...setAsideRecords(config, notice));
      const line = noticeLine(config, notice);
      if (line !== undefined) options.note(line);
    },
  });
  return { mapping, audit };
}
