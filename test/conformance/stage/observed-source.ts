import {
  type GroupMember,
  OffsetOutOfRangeError,
  type RecordSource,
} from '../../../local/source/record-source.ts';
import type { Scenario } from '../scenario.ts';

export interface ObservedSource extends RecordSource {
  /** Partition to the offsets committed, in order. */
  readonly commits: ReadonlyMap<number, readonly number[]>;
  /** The records before an offset are gone from then on. */
  truncate(partition: number, before: number): void;
}

/** The source as it is, with calls that fail first where the scenario says so, and with its commits kept. */
export function observedSource(source: RecordSource, failing: Scenario['failing']): ObservedSource {
  const commits = new Map<number, number[]>();
  const left = { commits: failing?.commits ?? 0, fetches: failing?.fetches ?? 0 };
  const starts = new Map<number, number>();
  const observe = (member: GroupMember): GroupMember => ({
    committed: (partitions) => member.committed(partitions),
    offsets: async (partitions, at) => {
      const found = await member.offsets(partitions, at);
      return new Map([...found].map(([at, offset]) => [at, Math.max(offset, starts.get(at) ?? 0)]));
    },
    leave: () => member.leave(),
    fetch: async (request) => {
      if (left.fetches-- > 0) throw new Error('the broker did not answer');
      const { partition, offset } = request;
      if (offset < (starts.get(partition) ?? 0)) throw new OffsetOutOfRangeError('', partition, offset);
      return member.fetch(request);
    },
    commit: async (offsets) => {
      if (left.commits-- > 0) throw new Error('the broker did not answer');
      await member.commit(offsets);
      for (const [partition, offset] of offsets) {
        commits.set(partition, [...(commits.get(partition) ?? []), offset]);
      }
    },
  });
  return {
    kind: source.kind,
    bootstrapServers: source.bootstrapServers,
    commits,
    truncate: (partition, before) => void starts.set(partition, before),
    describeTopic: (topic) => source.describeTopic(topic),
    createTopic: (topic, partitions, configs) => source.createTopic(topic, partitions, configs),
    produce: (topic, records) => source.produce(topic, records),
    join: async (topic, group, listener) => observe(await source.join(topic, group, listener)),
    endOffsets: (topic) => source.endOffsets(topic),
    close: () => source.close(),
  };
}
