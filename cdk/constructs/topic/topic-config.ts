import type { Duration, Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { IKafkaCluster } from '../cluster/kafka-source.ts';
import { enforceIf } from '../rules/enforce-rule.ts';

/** Configuration of a topic. What is left out is the cluster's default. */
export interface TopicConfigProps {
  /**
   * How long records are kept. `unlimited` keeps them for ever.
   *
   * @default - the cluster's, a week in Kafka
   */
  readonly retention?: Duration | 'unlimited';
  /**
   * How much is kept of each partition.
   *
   * @default - no bound
   */
  readonly retentionSize?: Size;
  /**
   * `delete` drops old records, `compact` keeps the last record of each key, `compact,delete` does both.
   *
   * @default - the cluster's, `delete` in Kafka
   */
  readonly cleanupPolicy?: 'delete' | 'compact' | 'compact,delete';
  /**
   * The largest record batch. A mapping delivers records whose event stays under 6 MB.
   *
   * @default - the cluster's, about 1 MiB in Kafka
   */
  readonly maxBatchSize?: Size;
  /**
   * Replicas that have to have a record before its producer hears so.
   *
   * @default - the cluster's
   */
  readonly minInSyncReplicas?: number;
  /**
   * Any other topic configuration by Kafka's own names.
   *
   * @default - none
   * @see https://kafka.apache.org/documentation/#topicconfigs
   */
  readonly configs?: Readonly<Record<string, string>>;
}

/** What a Serverless cluster lets a topic have. */
const onServerless = new Set([
  'cleanup.policy',
  'compression.type',
  'max.message.bytes',
  'message.timestamp.difference.max.ms',
  'message.timestamp.type',
  'retention.bytes',
  'retention.ms',
]);

const largestOnServerless = 8_388_608;

/** The props in Kafka's own names. Refuses a name that is given twice, a value that is no string, and what the cluster does not have. */
export function topicConfigs(
  scope: Construct,
  props: TopicConfigProps,
  { kind }: Pick<IKafkaCluster, 'kind'>,
): Readonly<Record<string, string>> {
  const typed = typedConfigs(props);
  for (const [name, value] of Object.entries(props.configs ?? {})) {
    enforceIf(name in typed, scope, 'topic-config', `'${name}' twice`);
    enforceIf(typeof value !== 'string', scope, 'topic-config', `${name} of type ${typeof value}`);
  }
  const configs = { ...typed, ...props.configs };
  if (kind === 'serverless') checkServerlessConfigs(scope, configs);
  return configs;
}

function checkServerlessConfigs(scope: Construct, configs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(configs)) {
    const tooLarge = name === 'max.message.bytes' && Number(value) > largestOnServerless;
    const wrong = tooLarge || !onServerless.has(name);
    enforceIf(wrong, scope, 'serverless-topic-config', `${name}=${value}`);
  }
}

function typedConfigs(props: TopicConfigProps): Record<string, string> {
  const { retention, retentionSize, cleanupPolicy, maxBatchSize, minInSyncReplicas } = props;
  const entries: readonly (readonly [string, string | number | undefined])[] = [
    ['retention.ms', retention === 'unlimited' ? -1 : retention?.toMilliseconds()],
    ['retention.bytes', retentionSize?.toBytes()],
    ['cleanup.policy', cleanupPolicy],
    ['max.message.bytes', maxBatchSize?.toBytes()],
    ['min.insync.replicas', minInSyncReplicas],
  ];
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** `AWS::MSK::Topic` wants the base64 of a JSON object of strings, and takes anything else without a word. */
export function encodeConfigs(configs: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify(configs)).toString('base64');
}
