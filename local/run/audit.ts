import type { KafkaEvent } from '../../lib/event/kafka-event.ts';
import type { DiscardDestination } from '../destination/discarded-batch.ts';
import type { FunctionInvoker } from '../function/invoker.ts';
import { compileFilters } from '../mapping/filter/filter.ts';
import type { GroupListener, GroupMember, RecordSource, SourceRecord } from '../source/record-source.ts';
import { type AnswerRules, answeredRecords } from './audit-answer.ts';
import { addOffset, cutOffsets, emptyOffsetSet, missingOffsets, type OffsetSet } from './offset-set.ts';

/**
 * Watches a mapping at its ports, from outside: what it read, what its function answered for, what its destination took,
 * and what it committed. So `lost` does not rest on the mapping's own counters.
 */
export interface Audit {
  source(source: RecordSource): RecordSource;
  invoker(invoker: FunctionInvoker): FunctionInvoker;
  destination(destination: DiscardDestination): DiscardDestination;
  /** Records that were read and passed by a committed offset with nothing to show for them. */
  passedOver(): readonly { readonly partition: number; readonly offset: number }[];
}

export interface AuditOptions extends AnswerRules {
  /** `FilterCriteria` of the mapping: what they keep back is passed over on purpose. */
  readonly filters?: readonly unknown[];
}

interface PartitionAudit {
  /** Whether the group has given the partition to this process. */
  held: boolean;
  readonly read: OffsetSet;
  readonly accounted: OffsetSet;
  committed: number;
}

/** What the audit does with each partition that it hears of, and whether a record may reach the function. */
interface Ledger {
  of(partition: number): PartitionAudit;
  passes(record: SourceRecord): boolean;
}

export function startAudit(options: AuditOptions = {}): Audit {
  const filter = compileFilters(options.filters ?? []);
  const partitions = new Map<number, PartitionAudit>();
  const of = (partition: number): PartitionAudit => {
    const known = partitions.get(partition);
    if (known) return known;
    const fresh = { held: false, read: emptyOffsetSet(), accounted: emptyOffsetSet(), committed: 0 };
    partitions.set(partition, fresh);
    return fresh;
  };
  const account = (records: readonly { readonly partition: number; readonly offset: number }[]) => {
    for (const { partition, offset } of records) addOffset(of(partition).accounted, offset);
  };
  const ledger: Ledger = { of, passes: ({ value }) => filter?.(value) ?? true };
  return {
    source: (source) => ({
      ...source,
      join: async (topic, group, listener) =>
        auditMember(await source.join(topic, group, auditListener(listener, of)), ledger),
    }),
    invoker: (invoker) => ({
      invoke: async (payload) => {
        const result = await invoker.invoke(payload);
        // No answer accounts for nothing.
        if (result.kind === 'returned') account(answeredRecords(payload, result.payload, options));
        return result;
      },
    }),
    destination: (destination) => ({
      deliver: async (batch) => {
        await destination.deliver(batch);
        account(recordsOf(batch.payload));
      },
    }),
    passedOver: () =>
      [...partitions].flatMap(([partition, { read, accounted, committed }]) =>
        missingOffsets(read, accounted, committed).map((offset) => ({ partition, offset })),
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

function auditMember(member: GroupMember, { of, passes }: Ledger): GroupMember {
  return {
    ...member,
    fetch: async (request) => {
      const fetched = await member.fetch(request);
      const { held, read } = of(fetched.partition);
      // A fetch may come back when the partition has gone.
      if (held) for (const record of fetched.records) if (passes(record)) addOffset(read, record.offset);
      return fetched;
    },
    commit: async (offsets) => {
      await member.commit(offsets);
      for (const [partition, offset] of offsets) of(partition).committed = offset;
    },
  };
}

function recordsOf(event: KafkaEvent): readonly { readonly partition: number; readonly offset: number }[] {
  return Object.values(event.records).flat();
}
