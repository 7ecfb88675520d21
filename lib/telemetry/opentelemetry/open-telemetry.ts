import { type Meter, metrics, type Tracer, trace } from '@opentelemetry/api';
import { combineObservers } from '../combine-observers.ts';
import type { Telemetry } from '../telemetry.ts';
import { measureBatches, measureDuration } from './measure-batches.ts';
import { traceDecodeErrors, traceRecords } from './trace-records.ts';

export interface OpenTelemetryOptions {
  /** The consumer group. @default `process.env.KAFKA_CONSUMER_GROUP` */
  readonly group?: string | undefined;
  /** @default the tracer `lanewise` of the global provider */
  readonly tracer?: Tracer;
  /** @default the meter `lanewise` of the global provider */
  readonly meter?: Meter;
  /** Whether partitions are counted apart: as many time series more. @default 'topic' */
  readonly metricsBy?: 'topic' | 'partition';
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

/**
 * Traces and metrics of a consumer with OpenTelemetry, by its API alone: the SDK, its exporters and its propagators are the function's, such as those of AWS's layer.
 * What goes out is positions, codes, counts and names.
 *
 * @example
 * const telemetry = openTelemetry();
 * export const handler = kafkaHandler({ value: json(), observer: telemetry.observer, handle: telemetry.traced(handle) });
 *
 * @see https://opentelemetry.io/docs/specs/semconv/messaging/
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const { tracer = trace.getTracer('lanewise'), meter = metrics.getMeter('lanewise') } = options;
  const { group = process.env.KAFKA_CONSUMER_GROUP, metricsBy = 'topic', now = Date.now } = options;
  const identity = { group };
  return {
    observer: combineObservers(
      measureBatches(meter, { group, metricsBy, now }),
      traceDecodeErrors(tracer, identity),
    ),
    traced: traceRecords(tracer, identity, measureDuration(meter, identity)),
  };
}
