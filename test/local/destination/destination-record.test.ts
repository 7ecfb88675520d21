import { describe, expect, it } from 'vitest';
import {
  buildKafkaRecord,
  buildMetadataRecord,
  buildS3Record,
} from '../../../local/destination/destination-record.ts';
import { s3ObjectKey } from '../../../local/destination/s3-destination.ts';
import { DEFAULT_KNOBS } from '../../../local/mapping/knobs.ts';
import { ARN, aDiscardedBatch, aSingleRecordBatch } from './discarded-batches.ts';

describe('the record of a discarded batch', () => {
  it('for SQS and SNS has the metadata and no payload', () => {
    expect(buildMetadataRecord(aDiscardedBatch())).toEqual({
      requestContext: {
        requestId: '5b0c6f1e-1111-4222-8333-444455556666',
        functionArn: 'arn:aws:lambda:eu-central-1:000011112222:function:orders',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-01-01T00:00:09.120Z',
      KafkaBatchInfo: {
        batchSize: 3,
        eventSourceArn: ARN,
        bootstrapServers: 'b-1.shop.example:9098',
        payloadSize: 812,
        recordsInfo: {
          'shop-orders-0': {
            firstRecordOffset: '41',
            lastRecordOffset: '43',
            firstRecordTimestamp: '2026-01-01T00:00:00.123Z',
            lastRecordTimestamp: '2026-01-01T00:00:00.200Z',
          },
          'shop-orders-2': {
            firstRecordOffset: '7',
            lastRecordOffset: '7',
            firstRecordTimestamp: '2026-01-01T00:00:00.050Z',
            lastRecordTimestamp: '2026-01-01T00:00:00.050Z',
          },
        },
      },
    });
  });

  it('for S3 has the whole event as an escaped text', () => {
    const batch = aDiscardedBatch();
    const { payload, ...metadata } = buildS3Record(batch);
    expect(metadata).toEqual(buildMetadataRecord(batch));
    expect(JSON.parse(String(payload))).toEqual(batch.payload);
  });

  it('for a topic has the event as an object, the version in the ARN, and one record by itself', () => {
    const record = buildKafkaRecord(aSingleRecordBatch(), DEFAULT_KNOBS);
    expect(record.requestContext.functionArn).toMatch(/:orders:\$LATEST$/);
    expect(record.payload).toEqual(aSingleRecordBatch().payload);
    expect(record.KafkaBatchInfo.recordInfo).toEqual({ offset: '43', timestamp: '2026-01-01T00:00:00.200Z' });
    expect(record.KafkaBatchInfo).not.toHaveProperty('recordsInfo');
  });

  it('for a topic names several records, or one when the knob says so, by partition', () => {
    const several = buildKafkaRecord(aDiscardedBatch(), DEFAULT_KNOBS).KafkaBatchInfo;
    expect(Object.keys(several.recordsInfo ?? {})).toEqual(['shop-orders-0', 'shop-orders-2']);
    const one = buildKafkaRecord(aSingleRecordBatch(), {
      ...DEFAULT_KNOBS,
      dltBatchInfo: 'recordsInfo',
    }).KafkaBatchInfo;
    expect(Object.keys(one.recordsInfo ?? {})).toEqual(['shop-orders-0']);
  });

  it('for a topic has the older condition when the knob says so, and only for exhausted retries', () => {
    const knobs = { ...DEFAULT_KNOBS, dltCondition: 'RetriesExhausted' } as const;
    expect(buildKafkaRecord(aDiscardedBatch(), knobs).requestContext.condition).toBe('RetriesExhausted');
    const aged = { ...aDiscardedBatch(), condition: 'RecordAgeExceeded' };
    expect(buildKafkaRecord(aged, knobs).requestContext.condition).toBe('RecordAgeExceeded');
  });

  it('of a self-managed source has no ARN', () => {
    const batch = { ...aDiscardedBatch(), eventSourceArn: undefined };
    expect(buildMetadataRecord(batch).KafkaBatchInfo).not.toHaveProperty('eventSourceArn');
  });

  it('tells of a timestamp that is no time as it is', () => {
    const batch = aSingleRecordBatch(Number.MAX_SAFE_INTEGER);
    expect(buildKafkaRecord(batch, DEFAULT_KNOBS).KafkaBatchInfo.recordInfo?.timestamp).toBe(
      String(Number.MAX_SAFE_INTEGER),
    );
  });
});

describe('the key of an object on S3', () => {
  it('is found by the mapping, the topic-partition and the day', () => {
    expect(s3ObjectKey('1111-2222', aDiscardedBatch(), 'abcd')).toBe(
      'aws/lambda/1111-2222/shop-orders-0/2026/01/01/2026-01-01T00.00.09-abcd',
    );
  });
});
