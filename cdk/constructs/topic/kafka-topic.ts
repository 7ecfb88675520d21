import { RemovalPolicy, Resource } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { Construct, IConstruct } from 'constructs';
import type { IKafkaCluster } from '../cluster/kafka-source.ts';

/** A topic that consumers read and functions write. */
export interface IKafkaTopic extends IConstruct {
  readonly cluster: IKafkaCluster;
  readonly topicName: string;
  /** `undefined` for a topic of which only the name is known. */
  readonly partitions: number | undefined;
}

export interface KafkaTopicProps {
  readonly cluster: IKafkaCluster;
  /** 1 to 249 letters, digits, `.`, `_` and `-`; not starting with `.`. Create-only. */
  readonly topicName: string;
  /** Bounds how many pollers can read side by side. It can grow later, never shrink. */
  readonly partitions: number;
  /**
   * Topic configuration by Kafka's own names.
   *
   * @default - the cluster's
   * @see https://kafka.apache.org/documentation/#topicconfigs
   */
  readonly configs?: Readonly<Record<string, string>>;
  /**
   * What happens to the topic, and so to its records, when it leaves the template.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A topic on an Amazon MSK cluster.
 *
 * An update changes the partitions or the configuration, not both at once: deploy one after the other.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-msk-topic.html
 */
export class KafkaTopic extends Resource implements IKafkaTopic {
  readonly cluster: IKafkaCluster;
  readonly topicName: string;
  readonly partitions: number;

  constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(scope, id);
    this.cluster = props.cluster;
    this.topicName = props.topicName;
    this.partitions = props.partitions;
    const topic = new CfnTopic(this, 'Resource', {
      clusterArn: props.cluster.clusterArn,
      topicName: props.topicName,
      partitionCount: props.partitions,
      replicationFactor: 3,
      ...(props.configs && { configs: encodeConfigs(props.configs) }),
    });
    topic.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
  }
}

/** CloudFormation wants the base64 of a JSON object, and takes anything else without a word. */
function encodeConfigs(configs: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify(configs)).toString('base64');
}
