/**
 * The record that tells of a discarded batch, in the forms of the four kinds of destination.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
 */
import type { KafkaEventRecord } from '../../lib/event/kafka-event.ts';
import type { Knobs } from '../mapping/knobs.ts';
import type { DiscardedBatch } from './discarded-batch.ts';

/** R124, documented: offsets are strings, times ISO 8601 with milliseconds. */
export interface RecordsInfo {
  readonly firstRecordOffset: string;
  readonly lastRecordOffset: string;
  readonly firstRecordTimestamp: string;
  readonly lastRecordTimestamp: string;
}

export interface BatchInfo {
  readonly batchSize: number;
  readonly eventSourceArn?: string;
  readonly bootstrapServers: string;
  readonly payloadSize: number;
  readonly recordsInfo?: Readonly<Record<string, RecordsInfo>>;
  readonly recordInfo?: { readonly offset: string; readonly timestamp: string };
}

export interface DestinationRecord {
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: string;
    readonly approximateInvokeCount: number;
  };
  readonly responseContext: DiscardedBatch['responseContext'];
  readonly version: '1.0';
  readonly timestamp: string;
  readonly KafkaBatchInfo: BatchInfo;
  readonly payload?: unknown;
}

/** R117, documented: SQS and SNS get metadata and no payload. */
export function buildMetadataRecord(batch: DiscardedBatch): DestinationRecord {
  const { requestId, functionArn, condition, approximateInvokeCount } = batch;
  return {
    requestContext: { requestId, functionArn, condition, approximateInvokeCount },
    responseContext: batch.responseContext,
    version: '1.0',
    timestamp: isoTime(batch.timestamp),
    KafkaBatchInfo: { ...batchInfo(batch), recordsInfo: recordsInfo(batch) },
  };
}

/** R117, documented: S3 gets the whole event as an escaped JSON string. */
export function buildS3Record(batch: DiscardedBatch): DestinationRecord {
  return { ...buildMetadataRecord(batch), payload: JSON.stringify(batch.payload) };
}

type KafkaRecordKnobs = Pick<Knobs, 'dltCondition' | 'dltBatchInfo'>;

/** R117, documented: a topic gets the event as an object. The function's ARN ends in `:$LATEST`, as in AWS's sample. */
export function buildKafkaRecord(batch: DiscardedBatch, knobs: KafkaRecordKnobs): DestinationRecord {
  const record = buildMetadataRecord(batch);
  // R120: AWS's sample and a real run differ; a knob.
  const condition = batch.condition === 'RetryAttemptsExhausted' ? knobs.dltCondition : batch.condition;
  return {
    ...record,
    requestContext: { ...record.requestContext, functionArn: `${batch.functionArn}:$LATEST`, condition },
    KafkaBatchInfo: { ...batchInfo(batch), ...kafkaRecordInfo(batch, knobs) },
    payload: batch.payload,
  };
}

/** R125: the singular form is in AWS's sample of one record; the form for several is unknown. */
function kafkaRecordInfo(batch: DiscardedBatch, knobs: KafkaRecordKnobs): Partial<BatchInfo> {
  const [record, ...others] = Object.values(batch.payload.records).flat();
  if (knobs.dltBatchInfo === 'recordsInfo' || record === undefined || others.length > 0) {
    return { recordsInfo: recordsInfo(batch) };
  }
  return { recordInfo: { offset: String(record.offset), timestamp: isoTime(record.timestamp) } };
}

function batchInfo(batch: DiscardedBatch): BatchInfo {
  const { eventSourceArn, bootstrapServers, payloadSize } = batch;
  const batchSize = Object.values(batch.payload.records).flat().length;
  const rest = { bootstrapServers, payloadSize };
  return eventSourceArn === undefined ? { batchSize, ...rest } : { batchSize, eventSourceArn, ...rest };
}

/** R123: one entry for each topic-partition. */
function recordsInfo(batch: DiscardedBatch): Readonly<Record<string, RecordsInfo>> {
  const entries = Object.entries(batch.payload.records).flatMap(([key, records]) => {
    const first = records[0];
    const last = records.at(-1);
    return first === undefined || last === undefined ? [] : [[key, rangeInfo(first, last)] as const];
  });
  return Object.fromEntries(entries);
}

function rangeInfo(first: KafkaEventRecord, last: KafkaEventRecord): RecordsInfo {
  return {
    firstRecordOffset: String(first.offset),
    lastRecordOffset: String(last.offset),
    firstRecordTimestamp: isoTime(first.timestamp),
    lastRecordTimestamp: isoTime(last.timestamp),
  };
}

/** Record timestamps come from producers and may be no time at all. */
function isoTime(timestamp: number): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? String(timestamp) : date.toISOString();
}
