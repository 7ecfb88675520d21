/** How an invocation went wrong, in Lambda's words. */
import type { InvokeResult } from './invoker.ts';
import { maximumResponseBytes } from './limits.ts';
import type { LambdaError } from './protocol.ts';

type FunctionError = Extract<InvokeResult, { readonly kind: 'function-error' }>;
type NotReached = Extract<InvokeResult, { readonly kind: 'not-reached' }>;

export function thrown(error: LambdaError, reason: 'thrown' | 'exit' | 'init'): FunctionError {
  return { kind: 'function-error', reason, ...error };
}

export function timedOut(requestId: string, timeout: number): FunctionError {
  return functionError(
    'timeout',
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${(timeout / 1000).toFixed(2)} seconds`,
  );
}

export function exited(requestId: string, exitCode: number, reason: 'exit' | 'init'): FunctionError {
  const what =
    exitCode === 0
      ? 'Runtime exited without providing a reason'
      : `Runtime exited with error: exit status ${exitCode}`;
  return functionError(reason, 'Runtime.ExitError', `RequestId: ${requestId} Error: ${what}`);
}

export function killed(requestId: string): FunctionError {
  return functionError(
    'exit',
    'Runtime.ExitError',
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );
}

export function outOfMemory(requestId: string, memorySize: number): FunctionError {
  return functionError(
    'out-of-memory',
    'Runtime.OutOfMemory',
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed (memory size ${memorySize} MB)`,
  );
}

export function responseTooLarge(): FunctionError {
  return functionError(
    'response-too-large',
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${maximumResponseBytes} bytes).`,
  );
}

function functionError(
  reason: FunctionError['reason'],
  errorType: string,
  errorMessage: string,
): FunctionError {
  return { kind: 'function-error', reason, errorType, errorMessage };
}

export function notReached(reason: NotReached['reason'], message: string): NotReached {
  return { kind: 'not-reached', reason, message };
}
