import { combineObservers } from '../combine-observers.ts';
import type { Observer } from '../observer.ts';
import type { Telemetry } from '../telemetry.ts';
import { logging } from './logging.ts';
import { measuring } from './measuring.ts';
import type { PowertoolsLogger, PowertoolsMetrics, PowertoolsTracer } from './powertools-types.ts';
import { tracing } from './tracing.ts';

export interface PowertoolsOptions {
  /** A `Logger`: a line for each batch, and one for each record that failed or was parked. */
  readonly logger?: PowertoolsLogger;
  /** A `Metrics`: published after each batch, together with what `handle` has added to it. */
  readonly metrics?: PowertoolsMetrics;
  /** A `Tracer`: a subsegment for each record that is handled, by `traced`. */
  readonly tracer?: PowertoolsTracer;
  /**
   * What is counted apart. CloudWatch charges for each combination of dimensions: by `consumer` ten metrics a service, by `topic` six more for each
   * topic, by `partition` six more for each topic-partition. @default 'consumer'
   */
  readonly metricsBy?: 'consumer' | 'topic' | 'partition';
  /** Lines for failed and parked records that one batch logs at most; the batch's own line counts them all. @default 20 */
  readonly failureLines?: number;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

/**
 * Logs, metrics and traces of a consumer with AWS's Powertools, of each what you pass. What goes out is positions, codes, counts and names: never a key, a value, a
 * header, or the message of an error that may quote them.
 *
 * @example
 * const telemetry = powertools({ logger: new Logger(), metrics: new Metrics() });
 * export const handler = kafkaHandler({ value: json(), observer: telemetry.observer, handle });
 */
export function powertools(options: PowertoolsOptions): Telemetry {
  const { logger, metrics, tracer, metricsBy = 'consumer', failureLines = 20, now = Date.now } = options;
  const observers: Observer[] = [];
  if (logger !== undefined) observers.push(logging(logger, failureLines));
  if (metrics !== undefined) observers.push(measuring(metrics, metricsBy, now));
  return { observer: combineObservers(...observers), traced: tracing(tracer) };
}
