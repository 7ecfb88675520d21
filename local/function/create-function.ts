import { randomUUID } from 'node:crypto';
import type { FunctionConfig } from '../assembly/local-system.ts';
import { LocalError } from '../local-error.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import type { Environment } from './environment.ts';
import { createEnvironmentPool, type EnvironmentPool } from './environment-pool.ts';
import { notReached } from './function-errors.ts';
import type { FunctionOptions } from './function-options.ts';
import { resultOf } from './function-result.ts';
import { type InitFailure, startInitialised } from './init-phase.ts';
import type { FunctionInvoker, InvokeResult } from './invoker.ts';
import { newTraceHeader } from './lambda-variables.ts';
import { accountConcurrency, isLongerThan, maximumKafkaTimeout, maximumRequestBytes } from './limits.ts';

export interface FunctionStats {
  readonly invocations: number;
  readonly coldStarts: number;
  readonly functionErrors: number;
  readonly throttles: number;
  /** Execution environments alive now. */
  readonly environments: number;
}

export interface LocalFunction extends FunctionInvoker {
  /** Starts one environment ahead; tells how its init phase failed, as an invocation would. */
  warmUp(): Promise<InvokeResult | undefined>;
  /**
   * Later invocations run this code; what runs now ends on the old one. When the new code fails in its init phase, the old
   * one stays, and the failure is told as an invocation would tell it.
   */
  replaceCode(codeDirectory: string): Promise<InvokeResult | undefined>;
  stats(): FunctionStats;
  /** Ends every environment; what runs or waits was not reached. */
  stop(): Promise<void>;
}

interface Running {
  readonly config: FunctionConfig;
  readonly options: FunctionOptions;
  readonly limit: ConcurrencyLimit;
  readonly pool: EnvironmentPool<InitFailure>;
  codeDirectory: string;
  readonly counts: { invocations: number; coldStarts: number; functionErrors: number; throttles: number };
}

/**
 * A function whose execution environments are worker threads that run the bundled asset, or processes for a debugger.
 *
 * A worker shares this process: its time zone and current directory are the process's own, memory outside the
 * JavaScript heap is not limited, and an idle environment is not frozen.
 *
 * @throws {LocalError} when the function's timeout is longer than a Kafka mapping allows.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function createFunction(config: FunctionConfig, options: FunctionOptions): LocalFunction {
  refuseLongTimeout(config);
  const counts = { invocations: 0, coldStarts: 0, functionErrors: 0, throttles: 0 };
  const pool = createEnvironmentPool<InitFailure>({
    maximum: options.maximumEnvironments ?? (options.inspect ? 1 : 32),
    start: () => {
      counts.coldStarts += 1;
      return startInitialised({ ...config, codeDirectory: running.codeDirectory }, inspectedFrom(running));
    },
  });
  const limit = limitOf(config, options);
  const running: Running = { config, options, limit, pool, counts, codeDirectory: config.codeDirectory };
  return {
    invoke: (payload) => invoke(running, payload),
    warmUp: () => warmUp(running),
    replaceCode: (directory) => replaceCode(running, directory),
    stats: () => ({ ...counts, environments: pool.size() }),
    stop: () => pool.stop(),
  };
}

/** Only the first environment waits for a debugger: who debugs is there by then. */
function inspectedFrom({ options, counts }: Running): FunctionOptions {
  const { inspect } = options;
  if (!inspect) return options;
  return { ...options, inspect: { ...inspect, waits: inspect.waits && counts.coldStarts === 1 } };
}

async function replaceCode(running: Running, codeDirectory: string): Promise<InvokeResult | undefined> {
  const { config, options, pool } = running;
  const candidate = startInitialised({ ...config, codeDirectory }, { ...options, inspect: undefined });
  if (candidate.kind === 'failed') return candidate.failure(randomUUID());
  const failure = await candidate.initialised;
  if (failure !== undefined || options.inspect) await candidate.environment.terminate('stopped');
  if (failure !== undefined) return failure(randomUUID());
  running.codeDirectory = codeDirectory;
  if (!options.inspect) running.counts.coldStarts += 1;
  await pool.renew(options.inspect ? undefined : candidate.environment);
  return undefined;
}

/** R8: refuses what AWS refuses for a function behind a Kafka mapping. */
export function refuseLongTimeout(config: Pick<FunctionConfig, 'name' | 'timeout'>): void {
  if (config.timeout <= maximumKafkaTimeout) return;
  throw new LocalError(
    `function ${config.name} has a timeout of ${config.timeout / 1000} s, but a Kafka mapping allows at most ` +
      `${maximumKafkaTimeout / 1000} s (14 minutes): lower its Timeout`,
  );
}

function limitOf(config: FunctionConfig, options: FunctionOptions): ConcurrencyLimit {
  if (config.reservedConcurrency !== undefined) {
    return createConcurrencyLimit(
      config.reservedConcurrency,
      'ReservedFunctionConcurrentInvocationLimitExceeded',
    );
  }
  return options.account ?? createConcurrencyLimit(accountConcurrency, 'ConcurrentInvocationLimitExceeded');
}

async function invoke(running: Running, payload: string): Promise<InvokeResult> {
  if (isLongerThan(payload, maximumRequestBytes)) {
    return notReached('service', `request must be smaller than ${maximumRequestBytes} bytes`);
  }
  if (!running.limit.tryAcquire()) {
    running.counts.throttles += 1;
    return notReached('throttled', `rate exceeded: ${running.limit.reason}`);
  }
  try {
    const result = await invokeWithin(running, payload);
    if (result.kind === 'function-error') running.counts.functionErrors += 1;
    return result;
  } finally {
    running.limit.release();
  }
}

async function invokeWithin(running: Running, payload: string): Promise<InvokeResult> {
  running.counts.invocations += 1;
  const number = running.counts.invocations;
  const requestId = randomUUID();
  const taken = await running.pool.take();
  switch (taken.kind) {
    case 'stopped':
      return notReached('service', `function ${running.config.name} has been stopped`);
    case 'failed':
      return taken.failure(requestId);
    case 'taken':
      return await runIn(running, taken.environment, { requestId, payload, number });
  }
}

/** What an inspected handler is told it has, a day: its clock runs on while a debugger holds it, its timeout does not. */
const inspectedTime = 86_400_000;

async function runIn(
  { config, options, pool }: Running,
  environment: Environment,
  call: { readonly requestId: string; readonly payload: string; readonly number: number },
): Promise<InvokeResult> {
  const { requestId, payload, number } = call;
  const fault = options.fault?.({ function: config.name, number });
  const death =
    fault === undefined ? undefined : setTimeout(() => void environment.terminate('killed'), fault.afterMs);
  const remaining = options.inspect ? inspectedTime : config.timeout;
  const now = Date.now();
  const traceId = newTraceHeader(now, requestId);
  const invocation = { requestId, traceId, payload, deadline: now + remaining };
  const ending = await environment.invoke(invocation, config.timeout);
  clearTimeout(death);
  pool.release(environment);
  return resultOf(ending, { requestId, config, phase: 'invoke' });
}

async function warmUp({ pool, config }: Running): Promise<InvokeResult | undefined> {
  const taken = await pool.take();
  switch (taken.kind) {
    case 'stopped':
      return notReached('service', `function ${config.name} has been stopped`);
    case 'failed':
      return taken.failure(randomUUID());
    case 'taken':
      pool.release(taken.environment);
      return undefined;
  }
}
