import { formatPosition, topicPartition } from '../../event/topic-partition.ts';
import type { TestRecord } from '../a-record.ts';
import type { MappingStyle } from './mapping-style.ts';

/** What the mapping takes from an answer. An answer that is not valid makes the whole batch come again. */
export type AnswerReading =
  /** Positions that are reported as failed; none for an answer that says nothing, which Lambda takes for success. */
  { readonly listed: ReadonlySet<string> } | { readonly error: Error };

/**
 * Reads an answer as Lambda does: nothing, null and an empty list are success, an identifier that is not of the batch makes the whole batch come again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function readAnswer(answer: unknown, records: readonly TestRecord[]): AnswerReading {
  const failures: unknown = Object(answer).batchItemFailures ?? [];
  if (!Array.isArray(failures)) return invalid('batchItemFailures is not a list');
  const delivered = new Set(records.map(formatPosition));
  const listed = new Set<string>();
  for (const failure of failures) {
    const { partition, offset } = Object(Object(failure).itemIdentifier);
    if (typeof partition !== 'string' || typeof offset !== 'number') {
      return invalid('an itemIdentifier is not { partition: text, offset: number }');
    }
    const position = `${partition}@${offset}`;
    if (!delivered.has(position)) return invalid(`${position} is not in the batch`);
    listed.add(position);
  }
  return { listed };
}

/** The records that the mapping counts as done. */
export function resolvedBy(
  listed: ReadonlySet<string>,
  records: readonly TestRecord[],
  reading: MappingStyle['reading'] = 'listed-only',
): readonly TestRecord[] {
  const isListed = (record: TestRecord) => listed.has(formatPosition(record));
  if (reading === 'listed-only') return records.filter((record) => !isListed(record));
  const lowest = new Map<string, number>();
  for (const record of records.filter(isListed)) {
    const key = topicPartition(record.topic, record.partition);
    lowest.set(key, Math.min(lowest.get(key) ?? record.offset, record.offset));
  }
  return records.filter(({ topic, partition, offset }) => {
    const from = lowest.get(topicPartition(topic, partition));
    return from === undefined || offset < from;
  });
}

function invalid(what: string): AnswerReading {
  return { error: new Error(`the answer is not valid, so that the whole batch comes again: ${what}`) };
}
