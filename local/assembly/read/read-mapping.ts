import type { MappingConfig, MetricGroup, SystemLogLevel } from '../../mapping/mapping-config.ts';
import { isObject } from '../template/json.ts';
import { type Declared, positionOf } from './declared.ts';
import type { Fields } from './fields.ts';
import { readDestination } from './read-destination.ts';

/** R1, R2: only a Kafka mapping names topics or its own brokers. Others read queues, streams or databases. */
export function isKafkaMapping({ resource }: Declared): boolean {
  return 'Topics' in resource.properties || 'SelfManagedEventSource' in resource.properties;
}

/**
 * A mapping with every default of the API filled in. Ranges are checked where the mapping is started.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-esm-parameters.html
 */
export function readMapping(declared: Declared, consumer: string, functionArn: string): MappingConfig {
  const { fields } = declared;
  const uuid = declared.attribute('Id');
  const windowSeconds = fields.whole('MaximumBatchingWindowInSeconds');
  const age = fields.whole('MaximumRecordAgeInSeconds') ?? -1;
  return {
    consumer,
    uuid,
    functionArn,
    topic: topicOf(fields),
    group: groupOf(fields) ?? uuid,
    source: sourceOf(fields),
    enabled: fields.flag('Enabled') ?? true,
    startingPosition: startingPositionOf(fields),
    batchSize: fields.whole('BatchSize') ?? 100,
    batchingWindow: windowSeconds === undefined ? 500 : windowSeconds * 1000,
    maximumRetryAttempts: fields.whole('MaximumRetryAttempts') ?? -1,
    maximumRecordAge: age === -1 ? -1 : age * 1000,
    bisectBatchOnFunctionError: fields.flag('BisectBatchOnFunctionError') ?? false,
    reportBatchItemFailures: fields.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    provisioned: provisionedOf(fields),
    destination: readDestination(fields),
    filters: fields
      .below('FilterCriteria')
      .list('Filters')
      .map((filter) => patternOf(filter, fields)),
    logLevel: logLevelOf(fields.below('LoggingConfig')),
    metricGroups: metricGroupsOf(fields.below('MetricsConfig')),
  };
}

export function topicOf(fields: Fields): string {
  const topics = fields.list('Topics');
  const [topic] = topics;
  if (topics.length === 1 && typeof topic === 'string') return topic;
  return fields.fail('Topics', `a mapping reads exactly one topic, got ${JSON.stringify(topics)}`);
}

function groupOf(fields: Fields): string | undefined {
  const selfManaged = fields.below('SelfManagedKafkaEventSourceConfig');
  const mode = selfManaged.text('ConsumptionMode') ?? 'Stream';
  if (mode !== 'Stream') selfManaged.fail('ConsumptionMode', 'queue mode is not emulated (allowed: Stream)');
  const managed = fields.below('AmazonManagedKafkaEventSourceConfig');
  return managed.text('ConsumerGroupId') ?? selfManaged.text('ConsumerGroupId');
}

function sourceOf(fields: Fields): MappingConfig['source'] {
  const arn = fields.text('EventSourceArn');
  if (fields.has('SelfManagedEventSource')) {
    if (arn !== undefined) {
      fields.fail(
        'SelfManagedEventSource',
        'eventSourceArn and kafkaBootstrapServers are mutually exclusive',
      );
    }
    return { kind: 'self-managed', bootstrapServers: bootstrapServersOf(fields) };
  }
  if (arn !== undefined) return { kind: 'msk', arn };
  return fields.fail('EventSourceArn', 'Either eventSourceArn or kafkaBootstrapServers must be set');
}

function bootstrapServersOf(fields: Fields): string {
  const endpoints = fields.below('SelfManagedEventSource').below('Endpoints');
  // CloudFormation's spelling, and the API's.
  const names = ['KafkaBootstrapServers', 'KAFKA_BOOTSTRAP_SERVERS'];
  const servers = names.flatMap((name) => endpoints.list(name));
  if (servers.length > 0) return servers.map(String).join(',');
  return endpoints.fail('KafkaBootstrapServers', 'kafkaBootStrapServers must not be empty if set');
}

function startingPositionOf(fields: Fields): MappingConfig['startingPosition'] {
  const kind = fields.text('StartingPosition');
  const seconds = fields.whole('StartingPositionTimestamp');
  if (kind === 'AT_TIMESTAMP') {
    return seconds === undefined
      ? fields.fail(
          'StartingPositionTimestamp',
          'startingPositionTimestamp must be provided when startingPosition is AT_TIMESTAMP',
        )
      : { kind, timestamp: seconds * 1000 };
  }
  if (seconds !== undefined) {
    fields.fail(
      'StartingPositionTimestamp',
      'startingPositionTimestamp can only be used when startingPosition is AT_TIMESTAMP',
    );
  }
  if (kind === 'TRIM_HORIZON' || kind === 'LATEST') return { kind };
  const allowed = 'allowed: TRIM_HORIZON, LATEST, AT_TIMESTAMP';
  return fields.fail('StartingPosition', `StartingPosition is ${kind ?? 'missing'} (${allowed})`);
}

/** R4: `{}` is on-demand mode. */
function provisionedOf(fields: Fields): MappingConfig['provisioned'] {
  const config = fields.value('ProvisionedPollerConfig');
  if (!isObject(config) || Object.keys(config).length === 0) return undefined;
  const pollers = fields.below('ProvisionedPollerConfig');
  return {
    minimumPollers: pollers.whole('MinimumPollers') ?? 1,
    maximumPollers: pollers.whole('MaximumPollers') ?? 200,
  };
}

function patternOf(filter: unknown, fields: Fields): unknown {
  const pattern = isObject(filter) ? filter.Pattern : undefined;
  try {
    const parsed: unknown = typeof pattern === 'string' ? JSON.parse(pattern) : undefined;
    if (isObject(parsed)) return parsed;
  } catch {
    // Refused below, as what is no pattern at all.
  }
  return fields.fail('FilterCriteria.Filters', 'Invalid filter pattern definition.');
}

function logLevelOf(fields: Fields): SystemLogLevel | undefined {
  const level = fields.text('SystemLogLevel');
  if (level === undefined || level === 'DEBUG' || level === 'INFO' || level === 'WARN') return level;
  return fields.fail('SystemLogLevel', `unknown log level '${level}' (allowed: DEBUG, INFO, WARN)`);
}

function metricGroupsOf(fields: Fields): readonly MetricGroup[] | undefined {
  if (!fields.has('Metrics')) return undefined;
  return fields.list('Metrics').map((name) => {
    if (name === 'EventCount' || name === 'ErrorCount' || name === 'KafkaMetrics') return name;
    return fields.fail('Metrics', `unknown metric group ${JSON.stringify(name)}`);
  });
}

/** What the mapping asks for and a local run does not do. */
export function mappingNotes(declared: Declared): readonly string[] {
  const names = ['AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig'];
  const hasRegistry = names.some((name) => declared.fields.below(name).has('SchemaRegistryConfig'));
  return hasRegistry
    ? [`the schema registry of ${positionOf(declared)} is not asked: records are handed over as they are`]
    : [];
}
