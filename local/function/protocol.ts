/** What an execution environment (a worker thread, or a process) and its owner tell each other. */

/** Lambda's own shape of an error. */
export interface LambdaError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Everything that a worker needs to know before it loads the handler. */
export interface EnvironmentSettings {
  readonly codeDirectory: string;
  /** `index.handler`. */
  readonly handler: string;
  /** Where the packages of Lambda's runtime (`@aws-sdk/*`) are found. */
  readonly projectDirectory: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memorySize: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Folder of Node's compile cache. */
  readonly compileCache: string | undefined;
}

/** The first message to an environment that is a process. */
export interface ProcessSettings {
  readonly settings: EnvironmentSettings;
  readonly waitsForDebugger: boolean;
}

export interface InvokeMessage {
  readonly requestId: string;
  /** The header of AWS X-Ray. */
  readonly traceId: string;
  /** The event's JSON text. */
  readonly payload: string;
  /** Epoch milliseconds at which the environment will be terminated. */
  readonly deadline: number;
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: LambdaError }
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'response-too-large' }
  | { readonly kind: 'threw'; readonly error: LambdaError }
  /** An error that nobody caught: the environment ends itself after this message. */
  | { readonly kind: 'crashed'; readonly error: LambdaError }
  | { readonly kind: 'log'; readonly requestId: string | undefined; readonly lines: readonly string[] };

/** What a process tells beside: before all else, where a debugger finds it. */
export type ProcessMessage = WorkerMessage | { readonly kind: 'inspecting'; readonly url: string };
