/** An event source mapping as its template declares it: `AWS::Lambda::EventSourceMapping` with every default filled in. */
export interface MappingConfig {
  /** The name people use for it: `billing`. */
  readonly consumer: string;
  readonly uuid: string;
  readonly functionArn: string;
  readonly topic: string;
  /** `ConsumerGroupId`; the mapping's UUID when the template gives none. */
  readonly group: string;
  readonly source:
    | { readonly kind: 'msk'; readonly arn: string }
    | { readonly kind: 'self-managed'; readonly bootstrapServers: string };
  readonly enabled: boolean;
  readonly startingPosition:
    | { readonly kind: 'TRIM_HORIZON' | 'LATEST' }
    | { readonly kind: 'AT_TIMESTAMP'; readonly timestamp: number };
  readonly batchSize: number;
  /** Milliseconds; 500 when the template gives none. */
  readonly batchingWindow: number;
  /** -1 is without limit (10 with a destination). */
  readonly maximumRetryAttempts: number;
  /** Milliseconds; -1 is without limit. */
  readonly maximumRecordAge: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
  /** `undefined` is on-demand mode. */
  readonly provisioned: { readonly minimumPollers: number; readonly maximumPollers: number } | undefined;
  readonly destination: DestinationConfig | undefined;
  /** `FilterCriteria` patterns, parsed JSON or their JSON text; any that matches lets the record through. */
  readonly filters: readonly unknown[];
  /** `LoggingConfig.SystemLogLevel`; none when the template gives none. */
  readonly logLevel?: SystemLogLevel | undefined;
  /** `MetricsConfig.Metrics`: which groups are published. The counters are kept whatever it says. */
  readonly metricGroups?: readonly MetricGroup[] | undefined;
}

export type SystemLogLevel = 'DEBUG' | 'INFO' | 'WARN';
export type MetricGroup = 'EventCount' | 'ErrorCount' | 'KafkaMetrics';

export type DestinationConfig =
  | { readonly kind: 'kafka'; readonly topic: string }
  | { readonly kind: 'sqs'; readonly queueUrl: string; readonly arn: string }
  | { readonly kind: 'sns'; readonly topicArn: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly arn: string };
