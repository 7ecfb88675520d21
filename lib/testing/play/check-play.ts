import { checkOption } from '../../errors/check-option.ts';
import { LanewiseError } from '../../errors/lanewise-error.ts';
import { formatPosition, topicPartition } from '../../event/topic-partition.ts';
import type { TestRecord } from '../a-record.ts';

/** @throws LanewiseError INVALID_OPTION for what no mapping could deliver, usually two records of which neither was given an offset. */
export function checkPlay(
  records: readonly TestRecord[],
  options: { readonly patience: number; readonly batchSize: number },
): void {
  for (const [name, value] of Object.entries(options)) {
    checkOption(name, value, Number.isInteger(value) && value > 0, 'a whole number from 1');
  }
  const last = new Map<string, TestRecord>();
  for (const record of records) {
    const partition = topicPartition(record.topic, record.partition);
    const before = last.get(partition);
    if (before !== undefined && before.offset >= record.offset) throw notRising(record, before);
    last.set(partition, record);
  }
}

function notRising(record: TestRecord, before: TestRecord): LanewiseError {
  return new LanewiseError(
    'INVALID_OPTION',
    `the records have ${formatPosition(record)} after ${formatPosition(before)}, expected rising offsets in each partition; aBatch gives each record the next one`,
  );
}
