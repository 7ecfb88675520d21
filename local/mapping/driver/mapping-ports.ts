/** What a running mapping needs from outside. */
import type { Clock } from '../../clock.ts';
import type { DiscardDestination } from '../../destination/discarded-batch.ts';
import type { FunctionInvoker } from '../../function/invoker.ts';
import type { RecordSource } from '../../source/record-source.ts';
import type { Knobs } from '../knobs.ts';
import type { MappingNotice } from '../mapping-output.ts';
import type { MappingLimits } from '../mapping-state.ts';
import type { SchemaStep } from '../read/schema-step.ts';

export interface MappingPorts {
  readonly source: RecordSource;
  readonly invoker: FunctionInvoker;
  /** Where the mapping's destination really is; needed when the mapping declares one. */
  readonly destination?: DiscardDestination | undefined;
  /** The system's by default. */
  readonly clock?: Clock | undefined;
  /** 0 to 1, for jitter and request ids; `Math.random` by default. */
  readonly random?: (() => number) | undefined;
  readonly knobs?: Knobs | undefined;
  readonly schema?: SchemaStep | undefined;
  /** Told of batches, diagnostics, discarded and dropped records, commits and problems, in order. */
  readonly observer?: ((notice: MappingNotice) => void) | undefined;
  readonly limits?: Partial<MappingLimits> | undefined;
}
