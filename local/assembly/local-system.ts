/** What the synthesized templates declare, with every intrinsic function resolved: the input of everything in local/. */
import type { MappingConfig } from '../mapping/mapping-config.ts';

export interface FunctionConfig {
  readonly logicalId: string;
  readonly stack: string;
  /** The name people use for it: `billing`. */
  readonly name: string;
  readonly functionName: string;
  readonly arn: string;
  /** Folder of the bundled asset. */
  readonly codeDirectory: string;
  /** `index.handler`. */
  readonly handler: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  /** `nodejs24.x`, which is also the default. */
  readonly runtime?: string;
  /** `/aws/lambda/<functionName>` when the template names none. */
  readonly logGroupName?: string;
  /** `LoggingConfig.LogFormat`: `Text`, which is the default, or `JSON`. */
  readonly logFormat?: string;
  /** `LoggingConfig.ApplicationLogLevel`, which `JSON` alone has. */
  readonly logLevel?: string;
}

export interface TopicConfig {
  readonly logicalId: string;
  readonly name: string;
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
}

export interface TableConfig {
  readonly logicalId: string;
  readonly tableName: string;
  /** Properties in the words of DynamoDB's CreateTable. */
  readonly keySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly attributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: 'S' | 'N' | 'B';
  }[];
  readonly globalSecondaryIndexes: readonly unknown[];
  readonly localSecondaryIndexes?: readonly unknown[];
}

export interface QueueConfig {
  readonly logicalId: string;
  readonly queueName: string;
  readonly queueUrl: string;
  readonly arn: string;
}

export interface LocalSystem {
  readonly region: string;
  readonly account: string;
  readonly functions: readonly FunctionConfig[];
  readonly mappings: readonly { readonly functionLogicalId: string; readonly config: MappingConfig }[];
  readonly topics: readonly TopicConfig[];
  readonly tables: readonly TableConfig[];
  readonly queues: readonly QueueConfig[];
  readonly buckets: readonly { readonly logicalId: string; readonly bucketName: string }[];
  readonly snsTopics: readonly {
    readonly logicalId: string;
    readonly topicName: string;
    readonly arn: string;
  }[];
  /** What the templates declare and lanewise leaves out, each in one sentence. */
  readonly notes: readonly string[];
}
