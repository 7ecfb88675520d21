import type { KafkaRecord, RecordsBatch } from '@platformatic/kafka';
import type { SourceRecord } from '../record-source.ts';

// Bits of a record batch's attributes, https://kafka.apache.org/documentation/#recordbatch
const logAppendTimeBit = 0b1000;
const controlBit = 0b100000;

/** What was in some record batches of a partition from an offset on. */
export interface DecodedBatches {
  readonly records: readonly SourceRecord[];
  /** Beyond the last batch, also when its last offsets hold no record (compaction) or only a transaction marker. */
  readonly nextOffset: number;
}

/** A fetch brings whole batches: what lies before the offset asked for is dropped, and so are control records. */
export function decodeBatches(
  batches: readonly RecordsBatch[],
  from: { readonly partition: number; readonly offset: number },
): DecodedBatches {
  const records: SourceRecord[] = [];
  let nextOffset = from.offset;
  for (const batch of batches) {
    const firstOffset = Number(batch.firstOffset);
    nextOffset = Math.max(nextOffset, firstOffset + batch.lastOffsetDelta + 1);
    if ((batch.attributes & controlBit) === 0) {
      decodeBatch(batch, { ...from, firstOffset, into: records });
    }
  }
  return { records, nextOffset };
}

function decodeBatch(
  batch: RecordsBatch,
  to: {
    readonly partition: number;
    readonly offset: number;
    readonly firstOffset: number;
    readonly into: SourceRecord[];
  },
): void {
  const appendTime = (batch.attributes & logAppendTimeBit) !== 0;
  const firstTimestamp = Number(batch.firstTimestamp);
  const maxTimestamp = Number(batch.maxTimestamp);
  for (const record of batch.records) {
    const offset = to.firstOffset + record.offsetDelta;
    if (offset >= to.offset) {
      to.into.push({
        partition: to.partition,
        offset,
        timestamp: appendTime ? maxTimestamp : firstTimestamp + Number(record.timestampDelta),
        timestampType: appendTime ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
        key: record.key,
        value: record.value,
        headers: headersOf(record),
      });
    }
  }
}

const noHeaders: SourceRecord['headers'] = [];

function headersOf(record: KafkaRecord): SourceRecord['headers'] {
  return record.headers.length === 0
    ? noHeaders
    : record.headers.map(([name, value]) => [name?.toString() ?? '', value] as const);
}
