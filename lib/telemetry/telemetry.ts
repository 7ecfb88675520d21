import type { Handle } from '../lanes/run.ts';
import type { Observer } from './observer.ts';

/** What an adapter gives: `kafkaHandler({ observer: telemetry.observer, handle: telemetry.traced(handle) })`. */
export interface Telemetry {
  readonly observer: Observer;
  /** Wraps `handle`, so that each record has a span, or segment, of its own that is active while it is handled. */
  readonly traced: <Value, Key = string>(handle: Handle<Value, Key>) => Handle<Value, Key>;
}
