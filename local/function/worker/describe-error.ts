import { types } from 'node:util';
import type { LambdaError } from '../protocol.ts';

/** Bounds what one error may carry out of a worker. */
const maximumMessage = 32_768;
const maximumTraceLines = 200;

/**
 * Anything thrown, in Lambda's shape. Values that are no errors keep their type as `errorType`, as Lambda does it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function describeError(thrown: unknown): LambdaError {
  if (!isErrorLike(thrown)) {
    return { errorType: typeof thrown, errorMessage: textOf(thrown).slice(0, maximumMessage), trace: [] };
  }
  return {
    errorType: String(thrown.name),
    errorMessage: String(thrown.message).slice(0, maximumMessage),
    trace: String(thrown.stack ?? '')
      .split('\n')
      .slice(0, maximumTraceLines),
  };
}

/** As `describeError`, under a name of the runtime's own, such as `Runtime.HandlerNotFound`. */
export function runtimeError(errorType: string, errorMessage: string): LambdaError {
  return { errorType, errorMessage, trace: [] };
}

/** A rejection that nobody handled: Lambda tells the reason as text. */
export function describeUnhandledRejection(reason: unknown): LambdaError {
  return {
    ...describeError(reason),
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: textOf(reason).slice(0, maximumMessage),
  };
}

function isErrorLike(thrown: unknown): thrown is Error {
  if (types.isNativeError(thrown)) return true;
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && 'message' in thrown;
}

/** `String()` throws on objects without a prototype; their handler still deserves an answer. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
