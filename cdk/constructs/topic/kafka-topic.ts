import { CfnResource, Duration, RemovalPolicy, Resource, Size } from 'aws-cdk-lib';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { Construct, IConstruct } from 'constructs';
import type { IKafkaCluster, KafkaSource } from '../cluster/kafka-source.ts';
import { enforceIf } from '../rules/enforce-rule.ts';
import { checkPartitions, checkTopicName, replicationFactorOf } from './check-topic.ts';
import { ExistingTopic, type ExistingTopicAttributes } from './existing-topic.ts';
import { KafkaTopicAdmin } from './kafka-topic-admin.ts';
import { encodeConfigs, type TopicConfigProps, topicConfigs } from './topic-config.ts';
import { grantConsume, grantProduce } from './topic-grants.ts';

/** A topic that consumers read and functions write. */
export interface IKafkaTopic extends IConstruct {
  readonly cluster: KafkaSource;
  readonly topicName: string;
  /** `undefined` for a topic of which the number is not known. */
  readonly partitions: number | undefined;
  /** Whether this app creates it. */
  readonly created: boolean;
  /** Lets a client of its own read the topic as a group. A mapping needs no grant: `KafkaConsumer` adds its own. */
  grantConsume(grantee: IGrantable, group: string): Grant;
  /** Lets a client write to the topic. */
  grantProduce(grantee: IGrantable): Grant;
}

export interface KafkaTopicProps extends TopicConfigProps {
  readonly cluster: IKafkaCluster;
  /** 2 to 249 letters, digits, `.`, `_` and `-`; not starting with `.`. Create-only. */
  readonly topicName: string;
  /** Bounds how many pollers can read side by side. It can grow later, never shrink; keys then move to other partitions. */
  readonly partitions: number;
  /**
   * Copies of each partition. Create-only.
   *
   * @default - 3, or the number of brokers where there are fewer
   */
  readonly replicationFactor?: number;
  /**
   * What makes the topic: `AWS::MSK::Topic`, or a function of this construct beside the brokers.
   *
   * @default - 'cloudformation' on clusters of this app, 'custom-resource' on Serverless and existing ones
   */
  readonly managedBy?: 'cloudformation' | 'custom-resource';
  /**
   * What happens to the topic, and so to its records, when it leaves the template. The default keeps it, but for a creation that is rolled back:
   * one that stayed would be in the way of the next try.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A topic on an Amazon MSK cluster.
 *
 * With `AWS::MSK::Topic` an update changes the partitions or the configuration, not both: deploy one after the other.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-msk-topic.html
 */
export class KafkaTopic extends Resource implements IKafkaTopic {
  /** A topic that exists. */
  static fromTopicName(scope: Construct, id: string, attributes: ExistingTopicAttributes): IKafkaTopic {
    return new ExistingTopic(scope, id, attributes);
  }

  readonly cluster: IKafkaCluster;
  readonly topicName: string;
  readonly partitions: number;
  readonly created = true;
  private readonly props: KafkaTopicProps;
  private readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(scope, id);
    checkTopicName(this, props.topicName);
    checkPartitions(this, props.partitions);
    this.props = props;
    this.cluster = props.cluster;
    this.topicName = props.topicName;
    this.partitions = props.partitions;
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const resource = this.addResource(props);
    resource.applyRemovalPolicy(this.removalPolicy);
  }

  grantConsume(grantee: IGrantable, group: string): Grant {
    return grantConsume({ scope: this, cluster: this.cluster, topicName: this.topicName }, grantee, group);
  }

  grantProduce(grantee: IGrantable): Grant {
    return grantProduce({ scope: this, cluster: this.cluster, topicName: this.topicName }, grantee);
  }

  /**
   * A twin that takes what mappings give up on: same cluster, partitions, copies and maker, `-dead-letter` behind the name.
   *
   * @param config what it leaves out: records are kept for 14 days, and may be as large as a whole event with its frame
   */
  addDeadLetterTopic(id: string, config: TopicConfigProps = {}): KafkaTopic {
    const { cluster, topicName, partitions, replicationFactor, managedBy } = this.props;
    return new KafkaTopic(this.node.scope as Construct, id, {
      ...deadLetterConfig(config),
      cluster,
      topicName: `${topicName}-dead-letter`,
      partitions,
      removalPolicy: this.removalPolicy,
      ...(replicationFactor !== undefined && { replicationFactor }),
      ...(managedBy && { managedBy }),
    });
  }

  private addResource(props: KafkaTopicProps): CfnResource {
    const { cluster } = props;
    const managedBy = props.managedBy ?? defaultManager(cluster);
    const wrong = managedBy === 'cloudformation' && cluster.kind === 'serverless';
    enforceIf(wrong, this, 'topic-resource-on-serverless', "'cloudformation' on serverless");
    const replicationFactor = replicationFactorOf(this, cluster, props.replicationFactor);
    const configs = topicConfigs(this, props, cluster);
    if (managedBy === 'cloudformation') return this.addMskTopic(replicationFactor, configs);
    return this.addCustomTopic(replicationFactor, configs);
  }

  private addMskTopic(replicationFactor: number, configs: Readonly<Record<string, string>>): CfnTopic {
    return new CfnTopic(this, 'Resource', {
      clusterArn: this.cluster.clusterArn,
      topicName: this.topicName,
      partitionCount: this.partitions,
      replicationFactor,
      ...(Object.keys(configs).length > 0 && { configs: encodeConfigs(configs) }),
    });
  }

  private addCustomTopic(replicationFactor: number, configs: Readonly<Record<string, string>>): CfnResource {
    const deleteTopic = this.removalPolicy === RemovalPolicy.DESTROY;
    const admin = KafkaTopicAdmin.of(this, this.cluster);
    const resource = new CfnResource(this, 'Resource', {
      type: 'Custom::KafkaTopic',
      properties: {
        ServiceToken: admin.serviceToken,
        ServiceTimeout: 200,
        ClusterArn: this.cluster.clusterArn,
        TopicName: this.topicName,
        PartitionCount: this.partitions,
        ReplicationFactor: replicationFactor,
        Configs: configs,
        DeleteTopic: deleteTopic,
      },
    });
    // The cluster too: its ARN says nothing of the port that the admin needs.
    resource.node.addDependency(this.cluster, admin.allow(this.topicName, { deleteTopic }));
    return resource;
  }
}

/** A discarded batch is one record with the whole event inside, which a topic's usual limit of 1 MiB would refuse and so lose. */
function deadLetterConfig(config: TopicConfigProps): TopicConfigProps {
  const { configs = {} } = config;
  return {
    ...(!('retention.ms' in configs) && { retention: Duration.days(14) }),
    ...(!('max.message.bytes' in configs) && { maxBatchSize: Size.mebibytes(8) }),
    ...config,
  };
}

function defaultManager({ kind }: IKafkaCluster): 'cloudformation' | 'custom-resource' {
  return kind === 'serverless' || kind === 'existing' ? 'custom-resource' : 'cloudformation';
}
