/** The port through which a mapping calls its function, synchronously (RequestResponse). */

/** How an invocation ended, as the mapping sees it. */
export type InvokeResult =
  /** The handler returned. `payload` is the JSON text of what it returned (`null` for nothing). */
  | { readonly kind: 'returned'; readonly payload: string }
  /** Thrown error, timeout, out of memory, exit, failed init, answer too large: uses an attempt. */
  | {
      readonly kind: 'function-error';
      readonly reason: 'thrown' | 'timeout' | 'exit' | 'out-of-memory' | 'init' | 'response-too-large';
      readonly errorType: string;
      readonly errorMessage: string;
      /** Stack of the error, a line each, where the handler or its module threw one. */
      readonly trace?: readonly string[];
    }
  /** The batch never reached the function: uses no attempt. */
  | { readonly kind: 'not-reached'; readonly reason: 'throttled' | 'service'; readonly message: string };

export interface FunctionInvoker {
  /** `payload` is the event's JSON text, as Lambda would send it. Never rejects. */
  invoke(payload: string): Promise<InvokeResult>;
}
