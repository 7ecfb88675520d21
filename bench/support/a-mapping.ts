import type { MappingConfig } from '../../local/mapping/mapping-config.ts';

export const topic = 'order-events';

/** A mapping in provisioned mode that reads `order-events` from its beginning. */
export function aMapping(settings: Partial<MappingConfig> = {}): MappingConfig {
  return {
    consumer: 'bench',
    uuid: '3f1d0a52-6f3e-4a0e-9c55-6a4c0f3a2b10',
    functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:bench',
    topic,
    group: 'bench',
    source: { kind: 'msk', arn: 'arn:aws:kafka:eu-central-1:111122223333:cluster/orders/0f2a5c1e' },
    enabled: true,
    startingPosition: { kind: 'TRIM_HORIZON' },
    batchSize: 1_000,
    batchingWindow: 0,
    maximumRetryAttempts: -1,
    maximumRecordAge: -1,
    bisectBatchOnFunctionError: false,
    reportBatchItemFailures: true,
    provisioned: { minimumPollers: 1, maximumPollers: 3 },
    destination: undefined,
    filters: [],
    ...settings,
  };
}
