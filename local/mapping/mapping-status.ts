/** What a running mapping tells about itself: plain numbers, for the live view, the report and the tests. */
import type { MappingLifecycle } from './lifecycle/lifecycle.ts';

export interface PartitionStatus {
  readonly partition: number;
  /** Whether this member reads the partition now. */
  readonly assigned: boolean;
  /** End offset (high watermark) as last seen. */
  readonly endOffset: number;
  /** The group's committed offset as this mapping knows it; the start position before the first commit. */
  readonly committedOffset: number;
  /** `endOffset - committedOffset`. */
  readonly lag: number;
  /** Records sent to the function, each time they were sent. */
  readonly delivered: number;
  /** Deliveries of a record after its first one. */
  readonly retried: number;
  /** Records that the function's answer counted as done. */
  readonly succeeded: number;
  /** Records given up and delivered to the on-failure destination. */
  readonly discarded: number;
  /** Records given up that reached no destination: none declared, or its delivery failed. */
  readonly dropped: number;
  readonly filtered: number;
}

export interface MappingStatus {
  readonly consumer: string;
  readonly topic: string;
  readonly group: string;
  readonly state: MappingLifecycle;
  /** `No records processed`, `OK`, or `PROBLEM: …`, as AWS words it. */
  readonly lastProcessingResult: string;
  readonly invocations: number;
  readonly partitions: readonly PartitionStatus[];
  /** Counters by CloudWatch metric name (`PolledEventCount`, `InvokedEventCount`, …). */
  readonly metrics: Readonly<Record<string, number>>;
  /** Those of them that CloudWatch would show, by the groups in `MetricsConfig`. */
  readonly published: Readonly<Record<string, number>>;
}
