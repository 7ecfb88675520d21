import type { GroupMember, SourceRecord } from '../../../local/source/record-source.ts';
import { patienceMs } from '../../support/patience.ts';

const limits = { maxRecords: 1_000, maxBytes: 1_000_000, maxWaitMs: 250 };

/** Records of a partition from an offset on, until there are `count` of them. */
export async function readRecords(
  member: GroupMember,
  from: { readonly partition: number; readonly offset: number; readonly count: number },
): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  let offset = from.offset;
  await eventually(async () => {
    const fetched = await member.fetch({ partition: from.partition, offset, ...limits });
    records.push(...fetched.records);
    offset = fetched.nextOffset;
    return records.length >= from.count;
  });
  return records;
}

/** Where reading ends up that begins at an offset and goes on to the end of the partition. */
export async function readToEnd(
  member: GroupMember,
  from: { readonly partition: number; readonly offset: number },
): Promise<{ readonly records: readonly SourceRecord[]; readonly nextOffset: number }> {
  const records: SourceRecord[] = [];
  let offset = from.offset;
  await eventually(async () => {
    const fetched = await member.fetch({ partition: from.partition, offset, ...limits });
    records.push(...fetched.records);
    offset = fetched.nextOffset;
    return fetched.records.length === 0 && offset === fetched.endOffset;
  });
  return { records, nextOffset: offset };
}

/** Waits until something is so, and fails when it does not become so for a long time. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`did not come about within ${patienceMs} ms: ${isSo}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
