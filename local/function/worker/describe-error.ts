import type { LambdaError } from '../protocol.ts';

/** Bounds what one error may carry out of a worker. */
const maximumMessage = 32_768;
const maximumTraceLines = 200;

/**
 * Anything thrown, in the shape that Lambda's runtime gives it: what is no error keeps its type as `errorType`, and one that
 * throws when it is looked at is `handled`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function describeError(thrown: unknown): LambdaError {
  try {
    if (!(thrown instanceof Error)) return runtimeError(typeof thrown, String(thrown));
    const trace = String(thrown.stack ?? '').split('\n');
    return {
      ...runtimeError(String(thrown.name), String(thrown.message)),
      trace: trace.slice(0, maximumTraceLines),
    };
  } catch {
    return runtimeError(
      'handled',
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    );
  }
}

/** An error without a trace, under a name of the runtime's own, such as `Runtime.HandlerNotFound`. */
export function runtimeError(errorType: string, errorMessage: string): LambdaError {
  return { errorType, errorMessage: errorMessage.slice(0, maximumMessage), trace: [] };
}

/** A rejection that nobody handled: Lambda tells the reason as text. */
export function describeUnhandledRejection(reason: unknown): LambdaError {
  const { errorType, errorMessage, trace } = describeError(reason);
  const text = reason instanceof Error ? `${errorType}: ${errorMessage}` : errorMessage;
  return { ...runtimeError('Runtime.UnhandledPromiseRejection', text), trace };
}
