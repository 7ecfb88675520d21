import type { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type {
  EventSourceMappingLogLevel,
  IFunction,
  ISchemaRegistry,
  MetricType,
  StartingPosition,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IKafkaTopic } from '../topic/kafka-topic.ts';
import type { FailureDestination } from './failure-destination.ts';
import type { Pollers } from './pollers.ts';

/** The function of a consumer: a file that the construct bundles, or a function that exists. */
export interface ConsumerFunctionProps {
  /** Path of the file that exports `handler`. @default - `function` is given */
  readonly entry?: string;
  /** A function of your own. Its role takes the rights to poll. @default - made from `entry` */
  readonly function?: IFunction;
  /** Up to 840 seconds. With `entry` only. @default Duration.seconds(60) */
  readonly timeout?: Duration;
  /** MB. With `entry` only. @default 256 */
  readonly memorySize?: number;
  /** With `entry` only. @default - none but what the construct sets */
  readonly environment?: Readonly<Record<string, string>>;
  /** With `entry` only. @default RetentionDays.ONE_MONTH */
  readonly logRetention?: RetentionDays;
  /** With `entry` only. @default - no bound of its own */
  readonly reservedConcurrentExecutions?: number;
  /** With `entry` only. @default Tracing.DISABLED */
  readonly tracing?: Tracing;
  /** Settings of esbuild over the construct's own. With `entry` only. @default - ESM, minified, source map, SDK of the runtime */
  readonly bundling?: BundlingOptions;
}

/** How records become batches. */
export interface BatchProps {
  /** 1 to 10000 records. A batch closes on this, the window or 6 MB, whatever comes first. @default 100 */
  readonly batchSize?: number;
  /** 0 to 300 whole seconds. 0 sends what is there at once. Once set it can change, never go. @default Duration.seconds(0) */
  readonly maxBatchingWindow?: Duration;
  /** Records that no pattern matches are committed unseen. Patterns on `value`, as `FilterCriteria` makes them. @default - every record */
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
  /** As many filters as AWS lets your account have, 5 to 10. @default 5 */
  readonly filterQuota?: number;
  /** Encrypts the filters. @default - a key of Lambda's */
  readonly filterEncryption?: IKey;
  /** Validates and converts records by a schema registry before they are filtered. @default - none */
  readonly schemaRegistryConfig?: ISchemaRegistry;
}

/** What happens to a record that fails. */
export interface FailureProps {
  /** 0 to 10000, or -1 for no limit. The first attempt is not a retry. @default 5 */
  readonly retryAttempts?: number;
  /** 60 seconds to 7 days; an older record is given up. @default - no limit */
  readonly maxRecordAge?: Duration;
  /** Halves a batch when the whole function fails. @default false */
  readonly bisectBatchOnError?: boolean;
  /** Whether the function answers which records failed. The runtime of this package always does. @default true */
  readonly reportBatchItemFailures?: boolean;
  /** Where records go that are given up. @default - nowhere, they are dropped */
  readonly onFailure?: FailureDestination;
  /** Where the handler parks records that can never succeed: PARKING_QUEUE_URL. @default - none */
  readonly parkingQueue?: IQueue;
  /** Makes a parking queue of this consumer's own. @default false */
  readonly ownParkingQueue?: boolean;
  /** Where the handler keeps what its group has done: CHECKPOINT_TABLE. @default - none */
  readonly checkpointTable?: ITable;
  /** Makes a checkpoint table of this consumer's own. @default false */
  readonly ownCheckpointTable?: boolean;
}

export interface KafkaConsumerProps extends ConsumerFunctionProps, BatchProps, FailureProps {
  readonly topic: IKafkaTopic;
  /** The consumer group, one for each consumer. Create-only. @default - the construct's id in kebab-case */
  readonly group?: string;
  /** Where a group without committed offsets starts. Create-only. @default StartingPosition.TRIM_HORIZON */
  readonly startingPosition?: StartingPosition;
  /** With AT_TIMESTAMP: seconds since 1970. Create-only. @default - none */
  readonly startingPositionTimestamp?: number;
  /** @default Pollers.provisioned() */
  readonly pollers?: Pollers;
  /**
   * `queue` reads a self-managed Kafka from 4.2 by share groups: several functions on one partition, no order. Create-only. Without order the
   * runtime's `ordering: 'none'` is the one that fits.
   *
   * @default 'stream'
   */
  readonly consumptionMode?: 'stream' | 'queue';
  /** Whether the mapping polls. @default true */
  readonly enabled?: boolean;
  /** How much the pollers tell in the function's log group. @default - nothing */
  readonly logLevel?: EventSourceMappingLogLevel;
  /** Groups of metrics of the mapping, each metric about 0.30 USD a month. @default - all */
  readonly metrics?: readonly MetricType[];
}
