/** The mapping of a consumer, from its props with every default filled in. */
import { Duration } from 'aws-cdk-lib';
import {
  type CfnEventSourceMapping,
  EventSourceMapping,
  type EventSourceMappingOptions,
  type IFunction,
  type ProvisionedPollerConfig,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { IKafkaCluster, KafkaSource } from '../cluster/kafka-source.ts';
import type { AccessConfiguration } from '../cluster/self-managed-authentication.ts';
import { patternOf } from './check-filters.ts';
import { allMetrics } from './check-mapping.ts';
import type { PollerRange } from './check-pollers.ts';
import type { KafkaConsumerProps } from './consumer-props.ts';
import { destinationName } from './failure-destination.ts';

export interface MappingParts {
  readonly target: IFunction;
  readonly group: string;
  /** `undefined` is on-demand mode. */
  readonly pollers: PollerRange | undefined;
}

export function addEventSourceMapping(
  scope: Construct,
  props: KafkaConsumerProps,
  parts: MappingParts,
): EventSourceMapping {
  const mapping = new EventSourceMapping(scope, 'Mapping', {
    target: parts.target,
    kafkaTopic: props.topic.topicName,
    kafkaConsumerGroupId: parts.group,
    batchSize: props.batchSize ?? 100,
    ...streamOptions(props),
    ...sourceOptions(props.topic.cluster),
    ...failureOptions(props),
    ...provisionedOptions(props, parts.pollers),
    ...optional(props),
  });
  const resource = mapping.node.defaultChild as CfnEventSourceMapping;
  setAccessConfigurations(resource, props.topic.cluster);
  if (props.consumptionMode === 'queue')
    resource.addPropertyOverride('SelfManagedKafkaEventSourceConfig.ConsumptionMode', 'Queue');
  return mapping;
}

/** Queue mode has neither. */
function streamOptions(props: KafkaConsumerProps): EventSourceMappingOptions {
  if (props.consumptionMode === 'queue') return {};
  return {
    startingPosition: props.startingPosition ?? StartingPosition.TRIM_HORIZON,
    maxBatchingWindow: props.maxBatchingWindow ?? Duration.seconds(0),
  };
}

function sourceOptions(cluster: KafkaSource): EventSourceMappingOptions {
  return cluster.source === 'msk'
    ? { eventSourceArn: cluster.eventSourceArn }
    : { kafkaBootstrapServers: [...cluster.bootstrapServers] };
}

function failureOptions({ onFailure }: KafkaConsumerProps): EventSourceMappingOptions {
  if (!onFailure) return {};
  return { onFailure: { bind: () => ({ destination: destinationName(onFailure) }) } };
}

/** What exists in provisioned mode only. */
function provisionedOptions(
  props: KafkaConsumerProps,
  pollers: PollerRange | undefined,
): EventSourceMappingOptions {
  if (!pollers) return {};
  return {
    provisionedPollerConfig: pollerConfig(pollers),
    retryAttempts: props.retryAttempts ?? 5,
    reportBatchItemFailures: props.reportBatchItemFailures ?? true,
    metricsConfig: { metrics: [...(props.metrics ?? allMetrics)] },
    ...(props.bisectBatchOnError && { bisectBatchOnError: true }),
    ...(props.maxRecordAge && { maxRecordAge: props.maxRecordAge }),
    ...(props.logLevel && { logLevel: props.logLevel }),
    ...(props.schemaRegistryConfig && { schemaRegistryConfig: props.schemaRegistryConfig }),
  };
}

function pollerConfig({ minimum, maximum, group }: PollerRange): ProvisionedPollerConfig {
  return { minimumPollers: minimum, maximumPollers: maximum, ...(group && { pollerGroupName: group }) };
}

function optional(props: KafkaConsumerProps): EventSourceMappingOptions {
  const { enabled, filters, filterEncryption, startingPositionTimestamp } = props;
  return {
    ...(enabled !== undefined && { enabled }),
    ...(filters && { filters: filters.map((filter) => ({ pattern: patternOf(filter) })) }),
    ...(filterEncryption && { filterEncryption }),
    ...(startingPositionTimestamp !== undefined && { startingPositionTimestamp }),
  };
}

/** Written to the resource itself, because aws-cdk-lib asks for a URI where IAM has none. */
function setAccessConfigurations(resource: CfnEventSourceMapping, cluster: KafkaSource): void {
  const configurations = cluster.source === 'msk' ? mskConfigurations(cluster) : cluster.accessConfigurations;
  if (configurations.length === 0) return;
  resource.sourceAccessConfigurations = [...configurations];
}

function mskConfigurations({ authentication: [way] }: IKafkaCluster): readonly AccessConfiguration[] {
  switch (way.kind) {
    case 'iam':
      return [];
    case 'scram':
      return [{ type: 'SASL_SCRAM_512_AUTH', uri: way.secret.secretArn }];
    case 'mtls':
      return [{ type: 'CLIENT_CERTIFICATE_TLS_AUTH', uri: way.clientCertificate.secretArn }];
  }
}
