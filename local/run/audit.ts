import type { KafkaBatchResponse, KafkaEvent } from '../../lib/event/kafka-event.ts';
import type { DiscardDestination } from '../destination/discarded-batch.ts';
import type { FunctionInvoker, InvokeResult } from '../function/invoker.ts';
import type { GroupListener, GroupMember, RecordSource } from '../source/record-source.ts';
import { addOffset, countMissing, cutOffsets, emptyOffsetSet, type OffsetSet } from './offset-set.ts';

/**
 * Watches a mapping at its ports, from outside: what it read, what its function answered for, what its destination took,
 * and what it committed. So `lost` does not rest on the mapping's own counters.
 */
export interface Audit {
  source(source: RecordSource): RecordSource;
  invoker(invoker: FunctionInvoker): FunctionInvoker;
  destination(destination: DiscardDestination): DiscardDestination;
  /** Records that were read and passed by a committed offset with nothing to show for them. */
  passedOver(): number;
}

interface PartitionAudit {
  /** Whether the group has given the partition to this process. */
  held: boolean;
  readonly read: OffsetSet;
  readonly accounted: OffsetSet;
  committed: number;
}

export function startAudit(): Audit {
  const partitions = new Map<number, PartitionAudit>();
  const of = (partition: number): PartitionAudit => {
    const known = partitions.get(partition);
    if (known) return known;
    const fresh = { held: false, read: emptyOffsetSet(), accounted: emptyOffsetSet(), committed: 0 };
    partitions.set(partition, fresh);
    return fresh;
  };
  return {
    source: (source) => ({
      ...source,
      join: async (topic, group, listener) =>
        auditMember(await source.join(topic, group, auditListener(listener, of)), of),
    }),
    invoker: (invoker) => ({
      invoke: async (payload) => {
        const result = await invoker.invoke(payload);
        accountAnswer(payload, result, of);
        return result;
      },
    }),
    destination: (destination) => ({
      deliver: async (batch) => {
        await destination.deliver(batch);
        for (const record of recordsOf(batch.payload))
          addOffset(of(record.partition).accounted, record.offset);
      },
    }),
    passedOver: () =>
      [...partitions.values()].reduce(
        (sum, partition) => sum + countMissing(partition.read, partition.accounted, partition.committed),
        0,
      ),
  };
}

/** What was read and not committed of a partition that another member has now is that member's to account for. */
function auditListener(listener: GroupListener, of: (partition: number) => PartitionAudit): GroupListener {
  return {
    ...listener,
    assigned: (partitions) => {
      for (const partition of partitions) of(partition).held = true;
      listener.assigned(partitions);
    },
    revoked: (partitions) => {
      for (const partition of partitions) {
        const audit = of(partition);
        audit.held = false;
        cutOffsets(audit.read, audit.committed);
      }
      listener.revoked(partitions);
    },
  };
}

function auditMember(member: GroupMember, of: (partition: number) => PartitionAudit): GroupMember {
  return {
    ...member,
    fetch: async (request) => {
      const fetched = await member.fetch(request);
      const { held, read } = of(fetched.partition);
      // A fetch may come back when the partition has gone.
      if (held) for (const record of fetched.records) addOffset(read, record.offset);
      return fetched;
    },
    commit: async (offsets) => {
      await member.commit(offsets);
      for (const [partition, offset] of offsets) of(partition).committed = offset;
    },
  };
}

/** Only what an answer does not list as failed counts; no answer, or one that cannot be read, accounts for nothing. */
function accountAnswer(
  payload: string,
  result: InvokeResult,
  of: (partition: number) => PartitionAudit,
): void {
  if (result.kind !== 'returned') return;
  const failed = failedPositions(result.payload);
  if (!failed) return;
  for (const [key, records] of Object.entries((JSON.parse(payload) as KafkaEvent).records)) {
    for (const record of records) {
      if (!failed.has(`${key}@${record.offset}`)) addOffset(of(record.partition).accounted, record.offset);
    }
  }
}

function failedPositions(answer: string): ReadonlySet<string> | undefined {
  try {
    const response = JSON.parse(answer) as Partial<KafkaBatchResponse> | null;
    const failures = response?.batchItemFailures ?? [];
    return new Set(
      failures.map(({ itemIdentifier }) => `${itemIdentifier.partition}@${itemIdentifier.offset}`),
    );
  } catch {
    return undefined;
  }
}

function recordsOf(event: KafkaEvent): readonly { readonly partition: number; readonly offset: number }[] {
  return Object.values(event.records).flat();
}
