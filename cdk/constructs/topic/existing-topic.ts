import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { KafkaSource } from '../cluster/kafka-source.ts';
import { checkPartitions, checkTopicName } from './check-topic.ts';
import type { IKafkaTopic } from './kafka-topic.ts';
import { grantConsume, grantProduce } from './topic-grants.ts';

export interface ExistingTopicAttributes {
  readonly cluster: KafkaSource;
  readonly topicName: string;
  /**
   * How many there are, so that pollers can be checked against them.
   *
   * @default - not known
   */
  readonly partitions?: number;
}

/** A topic that somebody else made. */
export class ExistingTopic extends Construct implements IKafkaTopic {
  readonly cluster: KafkaSource;
  readonly topicName: string;
  readonly partitions: number | undefined;
  readonly created = false;

  constructor(scope: Construct, id: string, attributes: ExistingTopicAttributes) {
    super(scope, id);
    checkTopicName(this, attributes.topicName);
    if (attributes.partitions !== undefined) checkPartitions(this, attributes.partitions);
    this.cluster = attributes.cluster;
    this.topicName = attributes.topicName;
    this.partitions = attributes.partitions;
  }

  grantConsume(grantee: IGrantable, group: string): Grant {
    return grantConsume({ scope: this, cluster: this.cluster, topicName: this.topicName }, grantee, group);
  }

  grantProduce(grantee: IGrantable): Grant {
    return grantProduce({ scope: this, cluster: this.cluster, topicName: this.topicName }, grantee);
  }
}
