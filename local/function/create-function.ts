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
  /** Later invocations run this code; what runs now ends on the old one. */
  replaceCode(codeDirectory: string): Promise<void>;
  stats(): FunctionStats;
  /** Ends every environment; what runs or waits was not reached. */
  stop(): Promise<void>;
}

interface Running {
  readonly config: FunctionConfig;
  readonly options: FunctionOptions;
  readonly limit: ConcurrencyLimit;
  readonly pool: EnvironmentPool<InitFailure>;
  readonly counts: { invocations: number; coldStarts: number; functionErrors: number; throttles: number };
}

/**
 * A function whose execution environments are worker threads that run the bundled asset.
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
  let codeDirectory = config.codeDirectory;
  const pool = createEnvironmentPool<InitFailure>({
    maximum: options.maximumEnvironments ?? 32,
    start: () => {
      counts.coldStarts += 1;
      return startInitialised({ ...config, codeDirectory }, options);
    },
  });
  const running: Running = { config, options, limit: limitOf(config, options), pool, counts };
  return {
    invoke: (payload) => invoke(running, payload),
    warmUp: () => warmUp(running),
    replaceCode: async (directory) => {
      codeDirectory = directory;
      await pool.renew();
    },
    stats: () => ({ ...counts, environments: pool.size() }),
    stop: () => pool.stop(),
  };
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

async function runIn(
  { config, options, pool }: Running,
  environment: Environment,
  call: { readonly requestId: string; readonly payload: string; readonly number: number },
): Promise<InvokeResult> {
  const { requestId, payload, number } = call;
  const fault = options.fault?.({ function: config.name, number });
  const death =
    fault === undefined ? undefined : setTimeout(() => void environment.terminate('killed'), fault.afterMs);
  const invocation = { requestId, payload, deadline: Date.now() + config.timeout };
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
