import type { KafkaEventRecord } from '../../../lib/event/kafka-event.ts';
import type { DiscardedBatch } from '../../../local/destination/discarded-batch.ts';

export const ARN = 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-4';

const time = (text: string) => Date.parse(`2026-01-01T00:00:${text}Z`);

const record = (partition: number, offset: number, timestamp: number): KafkaEventRecord => ({
  topic: 'shop-orders',
  partition,
  offset,
  timestamp,
  timestampType: 'CREATE_TIME',
  key: Buffer.from('cust-7').toString('base64'),
  value: 'eyJuIjoxfQ==',
  headers: [],
});

export function aDiscardedBatch(): DiscardedBatch {
  return withRecords({
    'shop-orders-0': [record(0, 41, time('00.123')), record(0, 43, time('00.200'))],
    'shop-orders-2': [record(2, 7, time('00.050'))],
  });
}

export function aSingleRecordBatch(timestamp = time('00.200')): DiscardedBatch {
  return withRecords({ 'shop-orders-0': [record(0, 43, timestamp)] });
}

export function withRecords(records: Readonly<Record<string, readonly KafkaEventRecord[]>>): DiscardedBatch {
  return {
    requestId: '5b0c6f1e-1111-4222-8333-444455556666',
    functionArn: 'arn:aws:lambda:eu-central-1:000011112222:function:orders',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 3,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    timestamp: time('09.120'),
    eventSourceArn: ARN,
    bootstrapServers: 'b-1.shop.example:9098',
    payload: {
      eventSource: 'aws:kafka',
      eventSourceArn: ARN,
      bootstrapServers: 'b-1.shop.example:9098',
      records,
    },
    payloadSize: 812,
  };
}
