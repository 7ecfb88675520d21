/** The rules on retries, modes, batches and positions. */
import { Token } from 'aws-cdk-lib';
import { MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { enforceIf, isOutside } from '../rules/enforce-rule.ts';
import { checkFilters } from './check-filters.ts';
import type { KafkaConsumerProps } from './consumer-props.ts';
import { needsNetworkInterfaces } from './mapping-permissions.ts';

const INFINITE = -1;

export function checkMapping(scope: Construct, props: KafkaConsumerProps): void {
  checkMode(scope, props);
  checkLoss(scope, props);
  checkBatch(scope, props);
  checkPosition(scope, props);
  checkQueueMode(scope, props);
}

function checkMode(scope: Construct, props: KafkaConsumerProps): void {
  enforceIf(
    props.reportBatchItemFailures === false,
    scope,
    'partial-responses-off',
    'reportBatchItemFailures: false',
  );
  if (props.pollers?.mode !== 'on-demand') return;
  const asked = provisionedOnly(props);
  enforceIf(
    asked.length > 0,
    scope,
    'provisioned-mode-required',
    `Pollers.onDemand() with ${asked.join(', ')}`,
  );
  enforceIf(needsNetworkInterfaces(props.topic), scope, 'on-demand-needs-endpoints', 'Pollers.onDemand()');
}

/** Names what exists in provisioned mode only and is on, by itself or by default. */
function provisionedOnly(props: KafkaConsumerProps): readonly string[] {
  const on: Readonly<Record<string, boolean>> = {
    reportBatchItemFailures: props.reportBatchItemFailures !== false,
    retryAttempts: props.retryAttempts !== undefined && props.retryAttempts !== INFINITE,
    maxRecordAge: props.maxRecordAge !== undefined,
    bisectBatchOnError: props.bisectBatchOnError === true,
    'onFailure to a Kafka topic': props.onFailure?.kind === 'kafka',
    schemaRegistryConfig: props.schemaRegistryConfig !== undefined,
    logLevel: props.logLevel !== undefined,
    metrics: props.metrics !== undefined,
  };
  return Object.keys(on).filter((name) => on[name]);
}

function checkLoss(scope: Construct, props: KafkaConsumerProps): void {
  if (props.pollers?.mode === 'on-demand') return;
  const infinite = props.retryAttempts === INFINITE && props.consumptionMode !== 'queue';
  const endless = infinite && !props.maxRecordAge && !props.onFailure;
  enforceIf(endless, scope, 'retries-block-for-ever', 'retryAttempts -1 alone');
  enforceIf(
    infinite && props.onFailure !== undefined,
    scope,
    'retries-capped-at-10',
    'retryAttempts -1 with onFailure',
  );
  enforceIf(!endless && !props.onFailure, scope, 'discards-without-destination', 'no onFailure');
  const both = props.bisectBatchOnError === true && props.reportBatchItemFailures !== false;
  enforceIf(both, scope, 'bisect-with-partial-responses', 'bisectBatchOnError: true');
}

function checkBatch(scope: Construct, props: KafkaConsumerProps): void {
  const { batchSize, metrics } = props;
  if (batchSize !== undefined)
    enforceIf(isOutside(batchSize, 1, 10_000), scope, 'batch-size', String(batchSize));
  enforceIf(metrics?.length === 0, scope, 'metrics-empty', '[]');
  checkFilters(scope, props);
}

function checkPosition(scope: Construct, props: KafkaConsumerProps): void {
  const { startingPosition, startingPositionTimestamp: timestamp } = props;
  enforceIf(
    startingPosition === StartingPosition.LATEST,
    scope,
    'latest-can-miss-records',
    'StartingPosition.LATEST',
  );
  if (timestamp === undefined || Token.isUnresolved(timestamp)) return;
  enforceIf(timestamp > Date.now() / 1000, scope, 'timestamp-in-future', String(timestamp));
}

function checkQueueMode(scope: Construct, props: KafkaConsumerProps): void {
  if (props.consumptionMode !== 'queue') return;
  const managed = props.topic.cluster.source === 'msk';
  enforceIf(managed, scope, 'queue-mode', 'an MSK cluster');
  const names = ['startingPosition', 'startingPositionTimestamp', 'maxBatchingWindow'] as const;
  const given = names.filter((name) => props[name] !== undefined);
  enforceIf(given.length > 0, scope, 'queue-mode', given.join(', '));
}

/** Every group there is: what alarms and dashboards read. */
export const allMetrics: readonly MetricType[] = [
  MetricType.EVENT_COUNT,
  MetricType.ERROR_COUNT,
  MetricType.KAFKA_METRICS,
];
