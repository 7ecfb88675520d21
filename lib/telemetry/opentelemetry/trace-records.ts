import {
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { ConsumerRecord } from '../../decode/consumer-record.ts';
import type { RecordHeaders } from '../../decode/headers.ts';
import { isPromiseLike } from '../../decode/promise-like.ts';
import { errorName } from '../../errors/error-name.ts';
import type { Handle } from '../../lanes/run.ts';
import { isDecodeError } from '../count-outcomes.ts';
import type { Observer, RecordFailure } from '../observer.ts';
import type { Telemetry } from '../telemetry.ts';
import { type ConsumerIdentity, recordAttributes } from './attributes.ts';

/** Told of each record that was handled: seconds, and the kind of error. */
export type Finished = (record: ConsumerRecord, seconds: number, errorType: string | undefined) => void;

/**
 * A span for each record, active while it is handled and linked to the producer's, whose context is in the headers. Linked, not its child: a batch has
 * records of many traces, and the invocation's own span is the parent.
 */
export function traceRecords(
  tracer: Tracer,
  identity: ConsumerIdentity,
  finished: Finished,
): Telemetry['traced'] {
  return <Value, Key>(handle: Handle<Value, Key>): Handle<Value, Key> =>
    (record, context) => {
      const options = {
        kind: SpanKind.CONSUMER,
        attributes: attributesOf(record, identity),
        links: linksOf(record.headers),
      };
      return tracer.startActiveSpan(`process ${record.topic}`, options, (span) => {
        const started = performance.now();
        const end = (errorType?: string) => {
          endSpan(span, errorType);
          finished(record, (performance.now() - started) / 1_000, errorType);
        };
        return ending(() => handle(record, context), end);
      });
    };
}

/** Records that cannot be decoded never reach `handle`: each has a span without a length, so that traces show it. */
export function traceDecodeErrors(
  tracer: Tracer,
  identity: ConsumerIdentity,
): Required<Pick<Observer, 'recordFailed' | 'recordParked'>> {
  const show = (failure: RecordFailure) => {
    if (!isDecodeError(failure)) return;
    const attributes = recordAttributes(failure, identity);
    const span = tracer.startSpan(`process ${failure.topic}`, { kind: SpanKind.CONSUMER, attributes });
    endSpan(span, failure.code);
  };
  return { recordFailed: show, recordParked: show };
}

/** Calls `end` when the work has ended, and costs no promise where the work gives none. */
function ending(work: () => unknown, end: (errorType?: string) => void): unknown {
  try {
    const result = work();
    if (!isPromiseLike(result)) {
      end();
      return result;
    }
    // The `then` of a library's own may return nothing.
    return Promise.resolve(result).then(
      (value) => {
        end();
        return value;
      },
      (error: unknown) => {
        end(errorName(error));
        throw error;
      },
    );
  } catch (error) {
    end(errorName(error));
    throw error;
  }
}

/** No exception is recorded and no message: both may quote the record. */
function endSpan(span: Span, errorType: string | undefined): void {
  if (errorType !== undefined) {
    span.setAttribute('error.type', errorType);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

function attributesOf(record: ConsumerRecord, identity: ConsumerIdentity) {
  const attributes = recordAttributes(record, identity);
  return record.value === null ? { ...attributes, 'messaging.kafka.message.tombstone': true } : attributes;
}

function linksOf(headers: RecordHeaders): Link[] {
  const producer = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, headers, headerGetter));
  return producer === undefined ? [] : [{ context: producer }];
}

/** Longer ones are no trace context. */
const longestHeader = 8_192;

const headerGetter: TextMapGetter<RecordHeaders> = {
  keys: (headers) => Array.from(headers, ([name]) => name),
  get: (headers, name) => {
    const bytes = headers.bytes(name);
    return bytes !== undefined && bytes.length <= longestHeader ? bytes.toString() : undefined;
  },
};
