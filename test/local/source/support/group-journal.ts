import type { GroupListener } from '../../../../local/source/record-source.ts';

/** A listener that writes down what it is told and knows what it holds. */
export function groupJournal(): {
  readonly listener: GroupListener;
  readonly entries: string[];
  readonly held: () => readonly number[];
} {
  const entries: string[] = [];
  const held = new Set<number>();
  const listener: GroupListener = {
    assigned: (partitions) => {
      entries.push(`assigned ${partitions.join(' ')}`.trim());
      for (const partition of partitions) {
        held.add(partition);
      }
    },
    revoked: (partitions) => {
      entries.push(`revoked ${partitions.join(' ')}`);
      for (const partition of partitions) {
        held.delete(partition);
      }
    },
    trouble: (error) => {
      entries.push(`trouble ${error.message}`);
    },
  };
  return { listener, entries, held: () => [...held].sort((one, other) => one - other) };
}
