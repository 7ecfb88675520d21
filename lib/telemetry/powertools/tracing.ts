import type { ConsumerRecord } from '../../decode/consumer-record.ts';
import { errorName } from '../../errors/error-name.ts';
import type { HandleContext } from '../../lanes/handle-context.ts';
import type { Handle } from '../../lanes/run.ts';
import type { Telemetry } from '../telemetry.ts';
import type { PowertoolsSubsegment, PowertoolsTracer } from './powertools-types.ts';

/** A subsegment for each record, active while it is handled, also beside others. Without a tracer, or with one that is off, `handle` is called as it is. */
export function tracing(tracer: PowertoolsTracer | undefined): Telemetry['traced'] {
  return <Value, Key>(handle: Handle<Value, Key>): Handle<Value, Key> => {
    if (tracer === undefined || !tracer.isTracingEnabled()) return handle;
    return (record, context) =>
      tracer.provider.captureAsyncFunc(`process ${record.topic}`, (subsegment) =>
        handleIn(subsegment, { handle, record, context }),
      );
  };
}

interface Call<Value, Key> {
  readonly handle: Handle<Value, Key>;
  readonly record: ConsumerRecord<Value, Key>;
  readonly context: HandleContext;
}

/** The error itself is not handed over: its message may quote the record. */
async function handleIn<Value, Key>(
  subsegment: PowertoolsSubsegment | undefined,
  { handle, record, context }: Call<Value, Key>,
): Promise<unknown> {
  subsegment?.addAnnotation('position', String(record));
  try {
    return await handle(record, context);
  } catch (error) {
    subsegment?.addFaultFlag();
    subsegment?.addAnnotation('errorName', errorName(error));
    throw error;
  } finally {
    subsegment?.close();
  }
}
