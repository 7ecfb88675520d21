import type { ProducedRecord } from '../../../local/source/record-source.ts';
import type { RecordData, TopicData } from '../scenario.ts';

/** The records of a scenario's topic, partition by partition. `from` is where each partition's offsets go on. */
export function producedRecords(
  topic: TopicData,
  start: number,
  from: (partition: number) => number = () => 0,
): readonly ProducedRecord[] {
  return topic.flatMap((given, partition) => {
    const list: readonly RecordData[] =
      typeof given === 'number' ? Array.from({ length: given }, (): RecordData => ({})) : given;
    return list.map((data, index) =>
      producedRecord(data, { partition, offset: from(partition) + index, start }),
    );
  });
}

function producedRecord(
  { key, value, headers = [], age = 0 }: RecordData,
  place: { readonly partition: number; readonly offset: number; readonly start: number },
): ProducedRecord {
  const { partition, offset, start } = place;
  return {
    partition,
    timestamp: start - age,
    key: key === undefined ? Buffer.from(`k${offset}`) : bytesOf(key),
    value: value === undefined ? Buffer.from(`{"n":${offset}}`) : bytesOf(value),
    headers: headers.map(([name, content]) => [name, headerBytes(content)] as const),
  };
}

function bytesOf(value: NonNullable<RecordData['value']> | null): Buffer | null {
  if (value === null) return null;
  if (typeof value === 'string') return Buffer.from(value);
  return 'size' in value ? Buffer.alloc(value.size, 'x') : Buffer.from(value.bytes);
}

function headerBytes(content: readonly number[] | string | null): Buffer | null {
  if (content === null) return null;
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
}
