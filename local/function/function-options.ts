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

/** Lets a debugger stop inside the handler. */
export interface Inspection {
  /** Whether the first environment waits for the debugger before it loads the handler. */
  readonly waits: boolean;
  /** Where debuggers connect to: a port is chosen for the first environment (0), and kept for those after it. */
  readonly place: { port: number };
  /** An environment can be inspected at this WebSocket address, and waits for that or not. */
  readonly onListening: (url: string, isWaiting: boolean) => void;
  /** A debugger has stopped an environment, or has let it go on. */
  readonly onHeld: (isHeld: boolean) => void;
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
  /** Environments at once; invocations above it wait. @default 32; 1 when inspected, so that every record passes the debugger */
  readonly maximumEnvironments?: number;
  /** Where Node keeps compiled code from one environment to the next. @default nowhere: each compiles anew */
  readonly compileCache?: string;
  /** Milliseconds that an init phase may take at first. @default 10,000, as Lambda's */
  readonly initLimit?: number;
  /** Environments are processes with an inspector each; time in which a debugger holds one does not count. */
  readonly inspect?: Inspection | undefined;
}
