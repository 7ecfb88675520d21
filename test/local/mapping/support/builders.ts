import type { KafkaEvent } from '../../../../lib/event/kafka-event.ts';
import type { InvokeResult } from '../../../../local/function/invoker.ts';
import type { MappingConfig } from '../../../../local/mapping/mapping-config.ts';
import type { SourceRecord } from '../../../../local/source/record-source.ts';

export const START = Date.parse('2026-01-01T00:00:00.000Z');
export const ARN = 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-4';

/** A mapping in provisioned mode with partial answers, two retries and no destination. */
export function aConfig(overrides: Partial<MappingConfig> = {}): MappingConfig {
  return {
    consumer: 'orders',
    uuid: '11111111-2222-4333-8444-555555555555',
    functionArn: 'arn:aws:lambda:eu-central-1:000011112222:function:orders',
    topic: 'shop-orders',
    group: 'orders',
    source: { kind: 'msk', arn: ARN },
    enabled: true,
    startingPosition: { kind: 'TRIM_HORIZON' },
    batchSize: 100,
    batchingWindow: 500,
    maximumRetryAttempts: 2,
    maximumRecordAge: -1,
    bisectBatchOnFunctionError: false,
    reportBatchItemFailures: true,
    provisioned: { minimumPollers: 1, maximumPollers: 1 },
    destination: undefined,
    filters: [],
    ...overrides,
  };
}

export const TO_TOPIC = { kind: 'kafka', topic: 'given-up' } as const;

export function aRecord(
  partition: number,
  offset: number,
  overrides: Partial<SourceRecord> = {},
): SourceRecord {
  return {
    partition,
    offset,
    timestamp: START,
    timestampType: 'CREATE_TIME',
    key: Buffer.from(`k${offset}`),
    value: Buffer.from(`{"n":${offset}}`),
    headers: [],
    ...overrides,
  };
}

export function records(partition: number, first: number, last: number): readonly SourceRecord[] {
  return Array.from({ length: last - first + 1 }, (_, index) => aRecord(partition, first + index));
}

export function reporting(
  ...positions: readonly (readonly [partition: number, offset: number])[]
): InvokeResult {
  const batchItemFailures = positions.map(([partition, offset]) => ({
    itemIdentifier: { partition: `shop-orders-${partition}`, offset },
  }));
  return { kind: 'returned', payload: JSON.stringify({ batchItemFailures }) };
}

export const FINE: InvokeResult = { kind: 'returned', payload: 'null' };
export const THROWS: InvokeResult = {
  kind: 'function-error',
  reason: 'thrown',
  errorType: 'Error',
  errorMessage: 'it broke',
};
export const THROTTLED: InvokeResult = { kind: 'not-reached', reason: 'throttled', message: 'Rate exceeded' };

/** `0: 10 11 | 1: 3`: partitions and offsets of an event, for comparing at a glance. */
export function positionsOf(event: KafkaEvent): string {
  return Object.values(event.records)
    .map((list) => `${list[0]?.partition}: ${list.map(({ offset }) => offset).join(' ')}`)
    .join(' | ');
}

export function holds(event: KafkaEvent, partition: number, offset: number): boolean {
  return event.records[`shop-orders-${partition}`]?.some((record) => record.offset === offset) ?? false;
}
