import type { MappingStatus, PartitionStatus } from '../mapping/mapping-status.ts';

/** What the shop's consumers have done to the world; zeros where the template declares no such table. */
export interface Effects {
  readonly invoices: number;
  readonly creditNotes: number;
  readonly reservations: number;
  readonly backorders: number;
  /** Mails, each counted once by recipient and subject. */
  readonly mails: number;
  /** Mails sent again for a record that came again: sending is at least once. */
  readonly mailsRepeated: number;
}

/** A record that a consumer set aside, and why. Never its payload. */
export interface SetAsideRecord {
  readonly consumer: string;
  readonly partition: number;
  readonly offset: number;
  /** `order-events-2@1042`. */
  readonly position: string;
  readonly reason: string;
}

export interface PartitionReport {
  readonly partition: number;
  readonly endOffset: number;
  readonly committedOffset: number;
  readonly lag: number;
  /** Records sent to the function, each time they were sent. */
  readonly delivered: number;
  /** Records handled, the parked ones not among them. */
  readonly succeeded: number;
  /** Deliveries of a record after its first one. */
  readonly retried: number;
  readonly parked: number;
  /** Records given up and delivered to the on-failure destination. */
  readonly discarded: number;
  /** Records given up that reached no destination: none is declared, or its delivery failed. */
  readonly dropped: number;
  /** Records that the filter criteria kept from the function. */
  readonly filtered: number;
}

export interface ConsumerReport {
  readonly group: string;
  readonly topic: string;
  readonly invocations: number;
  readonly partitions: readonly PartitionReport[];
  /** What the mapping would publish to CloudWatch, by metric name and the groups of its `MetricsConfig`. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What a run came to, beside what its mappings counted. */
interface RunFacts {
  readonly seed: number;
  readonly source: 'embedded' | 'kafka';
  readonly durationMs: number;
  /** Records passed by a committed offset without anything to show for them. */
  readonly lost: number;
  /** Records that this run wrote to the topic. */
  readonly produced: number;
  readonly effects: Effects;
  readonly parked: readonly SetAsideRecord[];
  readonly discarded: readonly SetAsideRecord[];
  readonly lostRecords: readonly SetAsideRecord[];
}

/** What `--report FILE` writes. */
export interface RunReport extends RunFacts {
  readonly consumers: Readonly<Record<string, ConsumerReport>>;
}

export interface RunOutcome extends RunFacts {
  readonly statuses: readonly MappingStatus[];
}

export function buildRunReport({ statuses, ...facts }: RunOutcome): RunReport {
  const consumers = Object.fromEntries(
    statuses.map((status) => [status.consumer, reportConsumer(status, facts.parked)]),
  );
  return { ...facts, consumers };
}

function reportConsumer(status: MappingStatus, parked: readonly SetAsideRecord[]): ConsumerReport {
  const own = parked.filter((record) => record.consumer === status.consumer);
  return {
    group: status.group,
    topic: status.topic,
    invocations: status.invocations,
    partitions: status.partitions.map((partition) => reportPartition(partition, own)),
    metrics: status.published,
  };
}

function reportPartition(
  status: PartitionStatus,
  parkedByConsumer: readonly SetAsideRecord[],
): PartitionReport {
  const parked = parkedByConsumer.filter((record) => record.partition === status.partition).length;
  return {
    partition: status.partition,
    endOffset: status.endOffset,
    committedOffset: status.committedOffset,
    lag: status.lag,
    delivered: status.delivered,
    // A parked record counts as done for the mapping; here each record is told once.
    succeeded: Math.max(0, status.succeeded - parked),
    retried: status.retried,
    parked,
    discarded: status.discarded,
    dropped: status.dropped,
    filtered: status.filtered,
  };
}
