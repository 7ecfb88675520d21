/** An event source mapping as it is asked for: the properties of `AWS::Lambda::EventSourceMapping` that Kafka has. */
export interface MappingRequest {
  readonly FunctionName?: string;
  readonly EventSourceArn?: string;
  readonly SelfManagedEventSource?: {
    readonly Endpoints?: { readonly KafkaBootstrapServers?: readonly string[] };
  };
  readonly Topics?: readonly string[];
  readonly StartingPosition?: string;
  /** Unix seconds. */
  readonly StartingPositionTimestamp?: number;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly FunctionResponseTypes?: readonly string[];
  readonly DestinationConfig?: {
    readonly OnFailure?: { readonly Destination?: string };
    readonly OnSuccess?: { readonly Destination?: string };
  };
  readonly FilterCriteria?: { readonly Filters?: readonly { readonly Pattern?: string }[] };
  readonly KmsKeyArn?: string;
  readonly ProvisionedPollerConfig?: {
    readonly MinimumPollers?: number;
    readonly MaximumPollers?: number;
    readonly PollerGroupName?: string;
  };
  readonly AmazonManagedKafkaEventSourceConfig?: KafkaEventSourceConfig;
  readonly SelfManagedKafkaEventSourceConfig?: KafkaEventSourceConfig & {
    readonly ConsumptionMode?: string;
  };
  readonly SourceAccessConfigurations?: readonly { readonly Type?: string; readonly URI?: string }[];
  readonly MetricsConfig?: { readonly Metrics?: readonly string[] };
  readonly LoggingConfig?: { readonly SystemLogLevel?: string };
  readonly ParallelizationFactor?: number;
  readonly TumblingWindowInSeconds?: number;
  readonly ScalingConfig?: unknown;
  readonly Queues?: readonly string[];
}

export interface KafkaEventSourceConfig {
  readonly ConsumerGroupId?: string;
  readonly SchemaRegistryConfig?: unknown;
}

/** What a mapping is created beside. */
export interface RequestContext {
  /** Milliseconds; `undefined` when there is no such function. */
  readonly functionTimeout: number | undefined;
  /** Seconds since 1970. */
  readonly now: number;
  readonly others: readonly { readonly uuid: string; readonly request: MappingRequest }[];
}

export type RefusalCode = 'InvalidParameterValue' | 'ResourceConflict' | 'ResourceInUse';

export interface Refusal {
  /** Who says so: the CDK at synth, Lambda's API, or only lanewise. */
  readonly by: 'cdk' | 'api' | 'lanewise';
  readonly code: RefusalCode;
  readonly message: string;
}

export type RefusalCheck = (request: MappingRequest, context: RequestContext) => string | undefined | false;

export function groupIdOf(request: MappingRequest): string | undefined {
  const { AmazonManagedKafkaEventSourceConfig: msk, SelfManagedKafkaEventSourceConfig: own } = request;
  return msk?.ConsumerGroupId ?? own?.ConsumerGroupId;
}

export function destinationOf(request: MappingRequest): string | undefined {
  return request.DestinationConfig?.OnFailure?.Destination;
}

export function bootstrapServersOf(request: MappingRequest): readonly string[] | undefined {
  return request.SelfManagedEventSource?.Endpoints?.KafkaBootstrapServers;
}

/** R4, documented: `{}` switches provisioned mode off. */
export function isProvisioned(request: MappingRequest): boolean {
  return Object.keys(request.ProvisionedPollerConfig ?? {}).length > 0;
}
