/** What the CDK refuses at synth, in its own words (section 3.2, documented). */
import { bootstrapServersOf, groupIdOf, type MappingRequest, type RefusalCheck } from './mapping-request.ts';

const GROUP_ID = /^[a-zA-Z0-9\-/*:_+=.@]+$/;
const WEEK_IN_SECONDS = 604_800;

export const CDK_CHECKS: readonly RefusalCheck[] = [
  (request) => !hasSource(request) && 'Either eventSourceArn or kafkaBootstrapServers must be set',
  (request) =>
    request.EventSourceArn !== undefined &&
    bootstrapServersOf(request) !== undefined &&
    'eventSourceArn and kafkaBootstrapServers are mutually exclusive',
  (request) => bootstrapServersOf(request)?.length === 0 && 'kafkaBootStrapServers must not be empty if set',
  ({ ProvisionedPollerConfig: pollers }) =>
    isOutside(pollers?.MinimumPollers, 1, 200) &&
    'Minimum provisioned pollers must be between 1 and 200 inclusive',
  ({ ProvisionedPollerConfig: pollers }) =>
    isOutside(pollers?.MaximumPollers, 1, 2000) &&
    'Maximum provisioned pollers must be between 1 and 2000 inclusive',
  ({ ProvisionedPollerConfig: pollers }) =>
    (pollers?.MinimumPollers ?? 1) > (pollers?.MaximumPollers ?? 200) &&
    'Minimum provisioned pollers must be less than or equal to maximum provisioned pollers',
  (request) => checkGroupId(groupIdOf(request)),
  ({ MetricsConfig: metrics }) =>
    metrics?.Metrics?.length === 0 &&
    'MetricsConfig must contain at least one metric type. Specify EventCount, ErrorCount or KafkaMetrics',
  ({ KmsKeyArn, FilterCriteria }) =>
    KmsKeyArn !== undefined &&
    (FilterCriteria?.Filters ?? []).length === 0 &&
    'filter criteria must be provided to enable setting filter criteria encryption',
  ({ MaximumBatchingWindowInSeconds: window }) =>
    window !== undefined && window > 300 && `maxBatchingWindow cannot be over 300 seconds, got ${window}`,
  ({ MaximumRecordAgeInSeconds: age }) =>
    age !== -1 &&
    isOutside(age, 60, WEEK_IN_SECONDS) &&
    'maxRecordAge must be between 60 seconds and 7 days inclusive',
  ({ MaximumRetryAttempts: attempts }) =>
    attempts !== -1 &&
    isOutside(attempts, 0, 10_000) &&
    `retryAttempts must be -1 (for infinite) or between 0 and 10000 inclusive, got ${attempts}`,
  ({ StartingPosition: position, StartingPositionTimestamp: timestamp }) =>
    position === 'AT_TIMESTAMP' &&
    timestamp === undefined &&
    'startingPositionTimestamp must be provided when startingPosition is AT_TIMESTAMP',
  ({ StartingPosition: position, StartingPositionTimestamp: timestamp }) =>
    position !== 'AT_TIMESTAMP' &&
    timestamp !== undefined &&
    'startingPositionTimestamp can only be used when startingPosition is AT_TIMESTAMP',
  checkNetwork,
];

function hasSource(request: MappingRequest): boolean {
  return request.EventSourceArn !== undefined || bootstrapServersOf(request) !== undefined;
}

function isOutside(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && !(value >= low && value <= high);
}

function checkGroupId(group: string | undefined): string | false {
  if (group === undefined) return false;
  if (group.length < 1 || group.length > 200) {
    return 'kafkaConsumerGroupId must be a valid string between 1 and 200 characters';
  }
  return !GROUP_ID.test(group) && 'kafkaConsumerGroupId contains invalid characters';
}

/** A self-managed cluster is reached over the Internet with a secret, or through a VPC's subnets and security group. */
function checkNetwork(request: MappingRequest): string | false {
  const types = (request.SourceAccessConfigurations ?? []).map(({ Type }) => Type ?? '');
  if (bootstrapServersOf(request) === undefined || types.length === 0) return false;
  const subnets = types.includes('VPC_SUBNET');
  const securityGroup = types.includes('VPC_SECURITY_GROUP');
  if (subnets && !securityGroup) return 'securityGroup must be set when providing vpc';
  if (securityGroup && !subnets) return 'vpcSubnets must be set when providing vpc';
  const secret = types.some((type) => type.endsWith('_AUTH'));
  return !subnets && !secret && 'secret must be set if Kafka brokers accessed over Internet';
}
