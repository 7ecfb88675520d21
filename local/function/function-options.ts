import type { ConcurrencyLimit } from './concurrency-limit.ts';

export interface LogLine {
  /** `FunctionConfig.name`. */
  readonly function: string;
  /** `undefined` in the init phase. */
  readonly requestId: string | undefined;
  readonly line: string;
}

/** The environment of this invocation dies, this many milliseconds after the handler was called. */
export interface Fault {
  readonly kind: 'die';
  readonly afterMs: number;
}

export interface FunctionOptions {
  /** Where `@aws-sdk/*`, which Lambda's runtime brings along, is found. */
  readonly projectDirectory: string;
  /** Where services run: `AWS_ENDPOINT_URL_DYNAMODB` and the like. Wins over the template's variables. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLog?: (line: LogLine) => void;
  /** Asked before each invocation; `number` counts the function's invocations from 1. */
  readonly fault?: (invocation: { readonly function: string; readonly number: number }) => Fault | undefined;
  /** Shared by the functions of an account that have no reserved concurrency. @default 1,000 for this function alone */
  readonly account?: ConcurrencyLimit;
  /** Worker threads at once; invocations above it wait. @default 32 */
  readonly maximumEnvironments?: number;
}
