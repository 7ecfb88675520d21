import { randomUUID } from 'node:crypto';
import type { FunctionConfig } from '../assembly/local-system.ts';
import { type Ending, type Environment, startEnvironment } from './environment.ts';
import type { Starting } from './environment-pool.ts';
import { thrown } from './function-errors.ts';
import type { FunctionOptions } from './function-options.ts';
import { resultOf } from './function-result.ts';
import type { InvokeResult } from './invoker.ts';
import { lambdaVariables, logGroupName, newLogStreamName } from './lambda-variables.ts';
import { initTimeout } from './limits.ts';

/** The result of the invocation that the init phase was for. */
export type InitFailure = (requestId: string) => InvokeResult;

/** Starts an environment with all that a function of this config sees, and watches over its init phase. */
export function startInitialised(config: FunctionConfig, options: FunctionOptions): Starting<InitFailure> {
  const logStreamName = newLogStreamName(new Date(), randomUUID());
  try {
    const environment = startEnvironment({
      settings: {
        codeDirectory: config.codeDirectory,
        handler: config.handler,
        projectDirectory: options.projectDirectory,
        functionName: config.functionName,
        functionArn: config.arn,
        memorySize: config.memorySize,
        logGroupName: logGroupName(config),
        logStreamName,
        compileCache: options.compileCache,
      },
      variables: lambdaVariables(config, logStreamName, options.environment ?? {}),
      inspect: options.inspect,
      onLog: (requestId, lines) => {
        for (const line of lines) options.onLog?.({ function: config.name, requestId, line });
      },
    });
    return { kind: 'started', environment, initialised: initialised(environment, config, options) };
  } catch (error) {
    return { kind: 'failed', failure: () => refusedOptions(error) };
  }
}

async function initialised(
  environment: Environment,
  config: FunctionConfig,
  { inspect, initLimit = initTimeout }: FunctionOptions,
): Promise<InitFailure | undefined> {
  const first = inspect?.waits ? Number.POSITIVE_INFINITY : initLimit;
  const ending: Ending = await environment.ready({ first, again: config.timeout });
  if (ending.kind === 'ready') return undefined;
  return (requestId) => resultOf(ending, { requestId, config, phase: 'init' });
}

/** The one thing that Node refuses before anything runs: `NODE_OPTIONS` of the template. */
function refusedOptions(error: unknown): InvokeResult {
  const reason = error instanceof Error ? error.message : String(error);
  const errorMessage =
    `${reason}; a worker thread takes no option that holds for a whole process: ` +
    'leave it out, or run the function with --inspect, which gives it a process of its own';
  return thrown({ errorType: 'Runtime.ExitError', errorMessage, trace: [] }, 'init');
}
