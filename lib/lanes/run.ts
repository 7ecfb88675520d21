import type { ConsumerRecord } from '../decode/consumer-record.ts';
import type { Codecs } from '../decode/decode-record.ts';
import type { Park } from '../park/park.ts';
import type { Observer } from '../telemetry/observer.ts';
import type { HandleContext } from './handle-context.ts';
import type { Queue } from './queue.ts';
import type { Attempt } from './run-record.ts';
import type { Ordering } from './sequence.ts';
import type { TimeBudget } from './time-budget.ts';

export type Handle<Value, Key> = (record: ConsumerRecord<Value, Key>, context: HandleContext) => unknown;

/** What a consumer is made of: the same for every invocation. */
export interface Consumer<Value, Key> {
  readonly codecs: Codecs<Value, Key>;
  readonly handle: Handle<Value, Key>;
  readonly ordering: Ordering;
  readonly concurrency: number;
  readonly park?: Park | undefined;
  readonly observer?: Observer | undefined;
}

/** One invocation. */
export interface Run<Value, Key> extends Consumer<Value, Key> {
  readonly budget: TimeBudget;
  readonly context: HandleContext;
  /** Aborts the signal of `context`. */
  readonly abort: () => void;
  /** What each worker does; without it, the loop of `runLanes`. */
  readonly work?: (queue: Queue, attempt: Attempt<Value, Key>, run: Run<Value, Key>) => Promise<void>;
  /** The answer is given: nothing is started any more, and what ends late changes nothing. */
  closed?: boolean;
}
